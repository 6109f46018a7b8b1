import { randomUUID } from 'node:crypto';
import { EventStore } from '@counter-hub/hub-server/features/timeline/EventStore.ts';
import type {
	Projection,
	TimelineCommand,
	TimelineEvent,
} from '@counter-hub/hub-server/features/timeline/types.ts';
import type { Connection } from '@counter-hub/hub-server/platform/mongo.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';

/** A clerk at a window, as on most events. */
const actor: EventActor = {
	kind: 'staff',
	staffId: randomUUID(),
	role: 'clerk',
	cityCode: '310117',
	counterId: randomUUID(),
	windowId: randomUUID(),
	duty: 'receiving',
};
const text = '营业执照副本与原件一致，已当面核对；法定代表人身份证复印件需补一份。';
const personId = randomUUID();
const fakeHash = 'a'.repeat(64);

export const newSubjects = (count: number): string[] =>
	Array.from({ length: count }, () => `case:${randomUUID()}`);

/** What a writer asks the product for. */
export const noteCommand = (subject: string): TimelineCommand => ({
	subject,
	commandId: randomUUID(),
	decide: () => [{ type: 'person.unmasked', data: { personId, reason: text }, actor }],
});

/** The document that this command becomes, ready-made, for the baselines. */
export const noteDocument = (subject: string, seq: number): TimelineEvent => ({
	subject,
	seq,
	at: new Date(),
	type: 'person.unmasked',
	actor,
	commandId: randomUUID(),
	data: { personId, reason: text },
	prevHash: fakeHash,
	hash: fakeHash,
});

/** A picture of a case for lists, as the product keeps some of each. */
export const lastNote: Projection<{ notes: number; changedAt: Date; lastText: string }> = {
	name: 'bench_cases',
	subjectKind: 'case',
	by: 'subject',
	apply: (state, event) => ({ notes: (state?.notes ?? 0) + 1, changedAt: event.at, lastText: text }),
};

/** A second collection with the indexes of the timeline. */
export async function baselineEvents(connection: Connection): Promise<EventStore['events']> {
	const { events } = new EventStore(connection);
	const baseline = connection.getClient().db().collection<TimelineEvent>('baseline_events');
	const indexes = await events.indexes();
	await baseline.createIndexes(
		indexes
			.filter(({ name }) => name !== '_id_')
			.map(({ v: _version, ...index }) => ({ name: '', ...index })),
	);
	return baseline;
}
