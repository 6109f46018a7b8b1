import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import { Timelines } from '@counter-hub/hub-server/features/timeline/Timelines.ts';
import type { Projection, TimelineCommand } from '@counter-hub/hub-server/features/timeline/types.ts';
import { APPEND_DEADLINE } from '@counter-hub/hub-server/limits.ts';
import { createLogger } from '@counter-hub/shared/server/logger.ts';
import { Metrics } from '@counter-hub/shared/server/metrics.ts';
import { connectMongo, type Connection } from '@counter-hub/hub-server/platform/mongo.ts';
import { newDatabase } from '../platform/mongod.ts';

const hubActor: EventActor = { kind: 'system', by: 'hub' };
export const newSubject = (): string => `case:${randomUUID()}`;

const personId = randomUUID();

/** In tests of the timeline a note is any event of a case that has a text in it. */
export const noted = (text: string): EventDraft => ({
	type: 'person.unmasked',
	data: { personId, reason: text },
	actor: hubActor,
});

/** A fact of a session, of which only its version matters here. */
export const joined = (sessionId: string, version: number): EventDraft => ({
	type: 'session.joined',
	data: { participantId: randomUUID(), gapMs: null },
	actor: hubActor,
	about: { sessionId },
	machine: `session:${sessionId}`,
	version,
});

/** A command that appends one note. */
export const note = (subject: string, text: string, commandId: string = randomUUID()): TimelineCommand => ({
	subject,
	commandId,
	content: { text },
	decide: () => [noted(text)],
});

export interface Notes {
	count: number;
	texts: string[];
}
/** All notes of a case. */
export const notes: Projection<Notes> = {
	name: 'test_notes',
	subjectKind: 'case',
	by: 'subject',
	apply(state, event) {
		if (event.type !== 'person.unmasked') return state;
		return { count: (state?.count ?? 0) + 1, texts: [...(state?.texts ?? []), event.data.reason] };
	},
};
/** The version of each session. */
export const versions: Projection<{ version: number }> = {
	name: 'test_versions',
	subjectKind: 'case',
	by: { machine: 'session' },
	apply: (state, event) => (event.version === undefined ? state : { version: event.version }),
};

export interface TestTimelines {
	timelines: Timelines;
	connection: Connection;
	url: string;
}

/** The timeline engine of one hub on a database of its own (or on `url`), with the projections above. */
export async function newTimelines({
	url = newDatabase().url,
	now = Date.now,
	deadline = APPEND_DEADLINE,
	projections = [notes, versions] as readonly Projection[],
	/** Before it starts: listeners and jobs. */
	register = (_timelines: Timelines): void => undefined,
} = {}): Promise<TestTimelines> {
	const connection = await connectMongo(url);
	const logger = createLogger(process.env['TEST_LOG_LEVEL'] ?? 'silent');
	const timelines = new Timelines({ connection, logger, metrics: new Metrics(), now, deadline });
	for (const projection of projections) timelines.register(projection);
	register(timelines);
	onTestFinished(async () => {
		await timelines.close();
		await connection.close();
	});
	await timelines.start();
	return { timelines, connection, url };
}
