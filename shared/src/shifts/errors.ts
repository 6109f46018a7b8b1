import type { ErrorEntries } from '../errors/ErrorEntry.ts';

/** Shifts and attendance. */
export const shiftErrors = {
	unknownShift: { code: 'SHIFT-5701', status: 404, title: 'There is no such shift' },
	shiftOpen: { code: 'SHIFT-5702', status: 409, title: 'A shift of this person is open already' },
	shiftNotOpen: { code: 'SHIFT-5703', status: 409, title: 'Only somebody whose shift is open answers calls' },
	shiftOtherState: { code: 'SHIFT-5704', status: 409, title: 'The state of the shift does not allow that' },
	notFit: {
		code: 'SHIFT-5705',
		status: 409,
		title: 'Without valid qualifications and the signed undertaking no shift is opened',
	},
	openingReasonMissing: {
		code: 'SHIFT-5706',
		status: 422,
		title: 'The check has not passed: a shift is opened only by naming the reason',
	},
	shiftBusy: { code: 'SHIFT-5707', status: 409, title: 'A shift is not closed in the middle of a call' },
	handoverMissing: {
		code: 'SHIFT-5708',
		status: 409,
		title: 'There is something to hand over, and nobody has confirmed it',
	},
	handoverOpen: { code: 'SHIFT-5709', status: 409, title: 'A handover waits for its confirmation' },
	unknownHandover: { code: 'SHIFT-5710', status: 404, title: 'There is no such handover' },
	notReceiver: {
		code: 'SHIFT-5711',
		status: 422,
		title: 'It is handed over to another clerk or approver of the same counter',
	},
	nothingToHandOver: { code: 'SHIFT-5712', status: 422, title: 'There is nothing to hand over' },
} as const satisfies ErrorEntries;
