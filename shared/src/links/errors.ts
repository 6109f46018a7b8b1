import type { ErrorEntries } from '../errors/ErrorEntry.ts';

/** Links between cities. */
export const linkErrors = {
	notInExchange: {
		code: 'LINK-1201',
		status: 403,
		title: 'This page does not take part in the exchange',
	},
	exchangeOver: { code: 'LINK-1202', status: 409, title: 'The exchange is over' },
	ownCity: { code: 'LINK-1203', status: 422, title: 'A link joins two different cities' },
} as const satisfies ErrorEntries;
