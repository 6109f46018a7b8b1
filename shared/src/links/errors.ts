import type { ErrorEntries } from '../errors/ErrorEntry.ts';

/** Links between cities. */
export const linkErrors = {
	notInExchange: {
		code: 'LINK-1201',
		status: 403,
		title: 'This page does not take part in the exchange',
	},
	exchangeOver: { code: 'LINK-1202', status: 409, title: 'The exchange is over' },
	callTooOld: {
		code: 'LINK-1204',
		status: 409,
		title: 'What arrived in a call is told while it goes on, or at once after its end',
	},
	notInCall: { code: 'LINK-1205', status: 403, title: 'This person was not in the room of that call' },
	windowUnchecked: {
		code: 'LINK-1206',
		status: 409,
		title: 'Links are measured from a window whose check of today is complete',
	},
	ownCity: { code: 'LINK-1203', status: 422, title: 'A link joins two different cities' },
} as const satisfies ErrorEntries;
