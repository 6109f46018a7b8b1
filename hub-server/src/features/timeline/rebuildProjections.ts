import { documentOf, stateName, keyFor } from './ProjectionStore.ts';
import type { Timelines } from './Timelines.ts';
import { kindOf, type Projection } from './types.ts';

export interface RebuildOptions {
	/** Name of one projection; default: all. */
	projection?: string | undefined;
	/** One timeline; default: all. */
	subject?: string | undefined;
}
export interface RebuildReport {
	timelines: number;
	events: number;
	documents: number;
}

/**
 * Makes projections anew from the first event on, one timeline after the other. Hubs may go on working meanwhile: a
 * document that is newer than what was read here is left alone.
 */
export async function rebuildProjections(
	{ store, projections }: Timelines,
	{ projection: name, subject: only }: RebuildOptions = {},
): Promise<RebuildReport> {
	const chosen = projections.all.filter((projection) => name === undefined || projection.name === name);
	if (chosen.length === 0) throw new Error(`There is no projection ${name}`);
	const report: RebuildReport = { timelines: 0, events: 0, documents: 0 };
	const subjects = only === undefined ? store.allHeads() : [{ _id: only }];
	for await (const { _id: subject } of subjects) {
		const own = chosen.filter(({ subjectKind }) => subjectKind === kindOf(subject));
		if (own.length === 0) continue;
		const made = new Map<string, Made>();
		let seq = 0;
		for await (const event of store.after(subject, 0)) {
			for (const projection of own) {
				const key = keyFor(projection, event);
				if (key === undefined) continue;
				const id = stateName(projection, key);
				const before = made.get(id)?.state;
				const state = projection.apply(before, event);
				if (state && state !== before) made.set(id, { projection, key, state, seq: event.seq });
			}
			seq = event.seq;
			report.events++;
		}
		for (const projection of own) {
			const documents = [...made.values()]
				.filter((one) => one.projection === projection)
				.map(({ key, state, seq: place }) => documentOf(projection, key, subject, { state, seq: place }));
			await projections.write(projection.name, documents, { pace: 'easy', again: true });
			report.documents += documents.length;
		}
		if (chosen.length === projections.all.length) await projections.mark([{ subject, seq }], 'easy');
		report.timelines++;
	}
	return report;
}

interface Made {
	projection: Projection;
	key: string;
	state: object;
	seq: number;
}
