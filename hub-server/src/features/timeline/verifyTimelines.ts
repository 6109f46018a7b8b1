import { EventStore } from './EventStore.ts';
import { GENESIS, hashOfEvent } from './hashChain.ts';
import { ProjectionStore } from './ProjectionStore.ts';
import type { Connection } from '../../platform/mongo.ts';
import type { StoredEvent } from './types.ts';

interface ChainFault {
	subject: string;
	seq: number;
	/** What is wrong, in words. */
	fault: string;
}
export interface VerifyReport {
	timelines: number;
	events: number;
	/** All of them; `faults` names the first hundred. */
	faulty: number;
	faults: ChainFault[];
}

const FAULTS_NAMED = 100;

/**
 * Walks the chains of all timelines, or of one, in constant memory: no gap in the numbers, every event bears the hash
 * of the one before and of itself, time never goes back, and nothing is missing at the end that was once projected.
 */
export async function verifyTimelines(connection: Connection, subject?: string): Promise<VerifyReport> {
	const store = new EventStore(connection);
	const projections = new ProjectionStore(connection, store);
	const report: VerifyReport = { timelines: 0, events: 0, faulty: 0, faults: [] };
	const note = (fault: ChainFault) => {
		report.faulty++;
		if (report.faults.length < FAULTS_NAMED) report.faults.push(fault);
	};

	let before: StoredEvent | undefined;
	for await (const event of store.walk(subject)) {
		if (before?.subject !== event.subject) {
			before = undefined;
			report.timelines++;
		}
		report.events++;
		for (const fault of faultsOf(event, before)) note({ subject: event.subject, seq: event.seq, fault });
		before = event;
	}
	for await (const mark of projections.allMarks(subject)) {
		const head = await store.head(mark._id);
		if ((head?.seq ?? 0) >= mark.seq) continue;
		note({
			subject: mark._id,
			seq: mark.seq,
			fault: `ends at ${head?.seq ?? 0}, but once had ${mark.seq} events`,
		});
	}
	return report;
}

function* faultsOf(event: StoredEvent, before: StoredEvent | undefined): Generator<string> {
	const expected = (before?.seq ?? 0) + 1;
	if (event.seq !== expected) yield `stands where ${expected} is expected`;
	if (event.prevHash !== (before?.hash ?? GENESIS)) yield 'does not join on to the event before it';
	if (before && event.at < before.at) yield 'is older than the event before it';
	if (!hasOwnHash(event)) yield 'is not what its hash was made of';
}

function hasOwnHash(event: StoredEvent): boolean {
	try {
		return hashOfEvent(event) === event.hash;
	} catch {
		return false;
	}
}
