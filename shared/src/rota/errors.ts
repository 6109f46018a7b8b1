import type { ErrorEntries } from '../errors/ErrorEntry.ts';

/** Rotas. Where slots are to blame, `fields` names each of them. */
export const rotaErrors = {
	notMonday: { code: 'ROTA-3101', status: 422, title: 'A week is named by the date of its Monday' },
	rotaPast: { code: 'ROTA-3102', status: 409, title: 'The rota of a week that is over is not changed' },
	rotaTooFar: { code: 'ROTA-3103', status: 422, title: 'So far ahead no rota is made' },
	notOfCounter: {
		code: 'ROTA-3104',
		status: 422,
		title: 'Only clerks and approvers of the counter who are not disabled can be on its rota',
	},
	slotNotServed: { code: 'ROTA-3105', status: 422, title: 'The window does not serve on this day' },
	sameBothPosts: { code: 'ROTA-3106', status: 422, title: 'Posts A and B of a window need two people' },
	busyElsewhere: { code: 'ROTA-3107', status: 409, title: 'The person is in another slot of this half-day' },
	rotaUncovered: {
		code: 'ROTA-3108',
		status: 409,
		title: 'A published rota has somebody on both posts of every served window',
	},
	rotaNotPublished: { code: 'ROTA-3109', status: 409, title: 'Leave is given from a published rota' },
	notInSlot: { code: 'ROTA-3110', status: 409, title: 'The person is not in this slot' },
	slotOnLeave: { code: 'ROTA-3111', status: 409, title: 'The person of this slot is on leave' },
	slotNotOnLeave: { code: 'ROTA-3112', status: 409, title: 'Nobody is on leave from this slot' },
} as const satisfies ErrorEntries;
