import { z } from 'zod';

/** 待处理 · 处理中 · 待确认 (it passed the check again, and somebody is to confirm that it is solved) · 已解决 */
export const ticketState = z.enum(['pending', 'working', 'confirming', 'solved']).meta({ id: 'TicketState' });
export type TicketState = z.infer<typeof ticketState>;

/** `passed`: a device works again, as far as its check can tell; `recovered`: a link or a node does, which is certain. */
export type TicketStep = 'failed' | 'passed' | 'recovered' | 'taken' | 'solved' | 'reopened';

const STEPS: Record<TicketState, Partial<Record<TicketStep, TicketState>>> = {
	pending: {
		failed: 'pending',
		passed: 'confirming',
		recovered: 'solved',
		taken: 'working',
		solved: 'solved',
	},
	// Taken again: somebody else goes on with it.
	working: {
		failed: 'working',
		passed: 'confirming',
		recovered: 'solved',
		taken: 'working',
		solved: 'solved',
	},
	confirming: { failed: 'pending', recovered: 'solved', solved: 'solved', reopened: 'pending' },
	solved: { reopened: 'pending' },
};

/** The state after a step; undefined where the state knows no such step. Pure. */
export const afterStep = (state: TicketState, step: TicketStep): TicketState | undefined =>
	STEPS[state][step];
