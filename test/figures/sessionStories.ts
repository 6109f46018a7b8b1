import { randomUUID } from 'node:crypto';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import { figuresOf } from '@counter-hub/hub-server/features/figures/readFigures.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import type { TestHub } from '../platform/newHub.ts';

const system: EventActor = { kind: 'system', by: 'hub' };
export const CALLED = seededCounterId('330100');
const caller = {
	participantId: randomUUID(),
	staffId: randomUUID(),
	counterId: seededCounterId('310117'),
	cityCode: '310117',
	duty: 'receiving',
	windowId: null,
} as const;

/** Appends a session's events to a case of its own, one command each: requested, and then answered, missed, or neither. */
export async function tellSession(
	{ context }: Pick<TestHub, 'context'>,
	outcome: 'answered' | 'missed' | 'requested',
): Promise<string> {
	const [subject, sessionId] = [`case:${randomUUID()}`, randomUUID()];
	const move = (version: number) => ({ about: { sessionId }, machine: `session:${sessionId}`, version });
	const requested: EventDraft = {
		type: 'session.requested',
		data: {
			purpose: 'review',
			note: '',
			caller,
			toCounterId: CALLED,
			toCity: '330100',
			toDuty: 'permit',
			callsBack: null,
		},
		actor: system,
		...move(1),
	};
	const end: EventDraft | undefined =
		outcome === 'requested'
			? undefined
			: outcome === 'missed'
				? { type: 'session.missed', data: {}, actor: system, ...move(2) }
				: {
						type: 'session.answered',
						data: { callee: { ...caller, counterId: CALLED, cityCode: '330100', duty: 'permit' } },
						actor: system,
						...move(2),
					};
	for (const draft of [requested, ...(end ? [end] : [])]) {
		await timeline(context).append({ subject, commandId: randomUUID(), decide: () => [draft] });
	}
	return sessionId;
}

/** The called counter's figures of today, counted from the events alone. */
export async function recount({ context }: Pick<TestHub, 'context'>): Promise<ReturnType<typeof figuresOf>> {
	const sessions = new Map<string, Parameters<typeof figuresOf>[0][number]>();
	for await (const { type, at, about: { sessionId } = {} } of timeline(context).store.walk()) {
		if (sessionId === undefined) continue;
		if (type === 'session.requested' && shanghaiDate(at.getTime()) === today())
			sessions.set(sessionId, { requestedAt: at });
		const known = sessions.get(sessionId);
		if (known && type === 'session.answered') sessions.set(sessionId, { ...known, answeredAt: at });
		if (known && type === 'session.missed') sessions.set(sessionId, { ...known, isMissed: true });
	}
	return figuresOf([...sessions.values()]);
}

export const today = () => shanghaiDate(Date.now());
