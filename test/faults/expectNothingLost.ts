import { expect } from 'vitest';
import { EVENTS } from '@counter-hub/hub-server/features/timeline/EventStore.ts';
import { keyFor } from '@counter-hub/hub-server/features/timeline/ProjectionStore.ts';
import { partOf } from '@counter-hub/hub-server/features/timeline/sealEvents.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { kindOf, type TimelineEvent } from '@counter-hub/hub-server/features/timeline/types.ts';
import { verifyTimelines } from '@counter-hub/hub-server/features/timeline/verifyTimelines.ts';
import { engagementModel } from '@counter-hub/hub-server/features/presence/Engagement.model.ts';
import { sessionModel } from '@counter-hub/hub-server/features/sessions/Session.model.ts';
import { reviewEvents } from '@counter-hub/shared/reviews/events.ts';
import { sessionEvents } from '@counter-hub/shared/sessions/events.ts';
import { eventually } from '../platform/eventually.ts';
import type { TestHub } from '../platform/newHub.ts';
import type { Outcome } from './Writer.ts';

/** What a command that was carried out stands for on its timeline; some may find that nothing is left to do. */
const EVENTS_OF: Record<string, { types: string[]; maybeNone?: boolean; maybeThen?: string[] }> = {
	openCase: { types: ['case.opened'] },
	note: { types: ['case.noted'] },
	'session:request': { types: ['session.requested', 'session.ringing'] },
	'session:answer': { types: ['session.answered'] },
	'session:decline': { types: ['session.declined'] },
	'session:cancel': { types: ['session.cancelled'] },
	'session:conclude': { types: ['session.concluded'], maybeThen: ['review.ended', 'review.noticeIssued'] },
	'review:call': { types: ['review.called'] },
	'review:mark': { types: ['review.marked'] },
	'review:count': { types: ['review.counted'] },
	'still:store': { types: ['still.taken'] },
	'session:hangUp': { types: ['session.ended'], maybeNone: true },
};

/**
 * Every command that was answered stands on its timeline exactly once, or not at all where it was refused; notes stand
 * in the order in which they were acknowledged; the chains verify.
 */
export async function expectNothingLost(registry: TestHub, outcomes: readonly Outcome[]): Promise<void> {
	// Media nodes may still tell who left.
	const events = await eventually(async () => {
		const found = await allEvents(registry);
		const whole = { events: found.length, faulty: 0, faults: [] };
		expect(await verifyTimelines(registry.context.connection)).toMatchObject(whole);
		return found;
	});
	const byCommand = Map.groupBy(events, ({ commandId }) => partOf(commandId).commandId);
	for (const outcome of outcomes) {
		const own = byCommand.get(outcome.commandId) ?? [];
		const { types, maybeNone = false, maybeThen = [] } = EVENTS_OF[outcome.command] ?? { types: [] };
		// What may follow stands in its order, or not at all.
		const found = own.map(({ type }) => type).filter((type) => !maybeThen.includes(type));
		if (outcome.refused !== undefined) expect(found, JSON.stringify(outcome)).toEqual([]);
		else if (!maybeNone || found.length > 0) expect(found, JSON.stringify(outcome)).toEqual(types);
		if (own.length > 0 && outcome.caseId !== undefined) {
			expect(new Set(own.map(({ subject }) => subject))).toEqual(new Set([`case:${outcome.caseId}`]));
		}
	}
	const seqOf = new Map(events.map(({ commandId, seq }) => [commandId, seq]));
	const notes = outcomes.filter(({ command, refused }) => command === 'note' && refused === undefined);
	for (const [who, own] of Map.groupBy(notes, ({ writer, caseId }) => `${writer} on ${String(caseId)}`)) {
		const places = own.map(({ commandId }) => seqOf.get(commandId) ?? 0);
		expect(places, who).toEqual(places.toSorted((a, b) => a - b));
	}
	const texts = events.flatMap((event) => ('text' in event.data ? [event.data.text] : []));
	expect(new Set(texts).size, 'no note twice').toBe(texts.length);
}

/** Each correction made one notice, each notice was filed once, and no case has two of a round. */
export async function expectNoticesOnce(registry: TestHub): Promise<void> {
	await eventually(async () => {
		const events = await allEvents(registry);
		const of = (wanted: TimelineEvent['type']) => events.filter(({ type }) => type === wanted);
		const corrections = of('session.concluded').filter(
			({ data }) => sessionEvents['session.concluded'].parse(data).conclusion === 'correction',
		);
		const issued = of('review.noticeIssued').map(({ data, ...event }) => ({
			...event,
			notice: reviewEvents['review.noticeIssued'].parse(data),
		}));
		expect(issued.map(({ about }) => about?.sessionId).sort()).toEqual(
			corrections.map(({ about }) => about?.sessionId).sort(),
		);
		const rounds = issued.map(({ subject, notice }) => `${subject} ${notice.round}`);
		expect(new Set(rounds).size, 'no round twice').toBe(rounds.length);
		const filed = of('review.noticeFiled').map(
			({ data }) => reviewEvents['review.noticeFiled'].parse(data).noticeId,
		);
		expect(filed.sort()).toEqual(issued.map(({ notice }) => notice.noticeId).sort());
	});
}

/** The documents of cases and sessions are what their events say, up to the last one. */
export function expectProjected(registry: TestHub): Promise<void> {
	const { projections, store } = timeline(registry.context);
	return eventually(async () => {
		const heads = await store.allHeads().toArray();
		const marks = await projections.marks(heads.map(({ _id }) => _id));
		const behind = heads.filter(({ _id, seq }) => _id.startsWith('case:') && marks.get(_id) !== seq);
		expect(behind).toEqual([]);
		const events = await allEvents(registry);
		for (const projection of projections.all) {
			const states = new Map<string, object | undefined>();
			for (const event of events.filter(({ subject }) => kindOf(subject) === projection.subjectKind)) {
				const key = keyFor(projection, event);
				if (key !== undefined) states.set(key, projection.apply(states.get(key), event));
			}
			const made = [...states].flatMap(([key, state]) => (state ? [[key, state] as const] : []));
			const documents = await projections.documents(
				projection,
				made.map(([key]) => key),
			);
			const stored = new Map(documents.map((document) => [document._id, document]));
			for (const [key, state] of made) expect(stored.get(key), projection.name).toMatchObject(state);
		}
	});
}

/** Nothing rings any more, and nobody is held busy by a session that is over. */
export async function expectSettled(registry: TestHub): Promise<void> {
	const { connection } = registry.context;
	await eventually(async () => {
		const unsettled = await sessionModel(connection)
			.find({ $or: [{ state: 'requested' }, { state: 'ringing' }] })
			.lean();
		expect(unsettled.map(({ _id }) => _id)).toEqual([]);
		const active = await sessionModel(connection).find({ state: 'active' }, { _id: 1 }).lean();
		const live = new Set(active.map(({ _id }) => _id));
		const stale = (await engagementModel(connection).find().lean()).filter(
			({ sessionId }) => !live.has(sessionId),
		);
		expect(stale).toEqual([]);
	});
}

/** All events, one timeline after the other, each in order. */
export async function allEvents(registry: TestHub): Promise<TimelineEvent[]> {
	const { db } = registry.context.connection;
	if (!db) throw new Error('the registry is not connected');
	return db
		.collection<TimelineEvent>(EVENTS)
		.find({}, { projection: { _id: 0 } })
		.sort({ subject: 1, seq: 1 })
		.toArray();
}

export const eventsOfSession = async (registry: TestHub, sessionId: string) =>
	(await allEvents(registry)).filter((event) => event.about?.sessionId === sessionId);
