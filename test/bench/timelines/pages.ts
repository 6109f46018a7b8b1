import type { Timelines } from '@counter-hub/hub-server/features/timeline/Timelines.ts';
import { newSubjects, noteDocument } from './sampleEvents.ts';

/** A timeline of that many events, filled past the engine. */
export async function fillTimeline({ store }: Timelines, events: number): Promise<string> {
	const [subject = ''] = newSubjects(1);
	const size = 2000;
	for (let from = 0; from < events; from += size * 2) {
		const chunk = (start: number) =>
			Array.from({ length: Math.max(0, Math.min(size, events - start)) }, (_, i) =>
				noteDocument(subject, start + i + 1),
			);
		const parts = [chunk(from), chunk(from + size)].filter(({ length }) => length > 0);
		await Promise.all(
			parts.map((part) =>
				store.events.insertMany(part, { ordered: false, writeConcern: { w: 1, journal: false } }),
			),
		);
	}
	return subject;
}

/** A timeline to page through, and the times (ms) of its newest page and of pages deep down. */
export interface PagedTimeline {
	subject: string;
	events: number;
	first: number[];
	deep: number[];
}

/** Times the pages of all timelines in turns, so that what slows the machine slows them alike. */
export async function timePages(
	timelines: Timelines,
	paged: readonly PagedTimeline[],
	turns: number,
): Promise<void> {
	const page = async (subject: string, before: number | undefined) => {
		const started = performance.now();
		await timelines.page(subject, { before, limit: 50 });
		return performance.now() - started;
	};
	const warmUp = 20;
	for (let turn = 0; turn < warmUp + turns; turn++) {
		for (const { subject, events, first, deep } of paged) {
			// Twenty places in the oldest tenth.
			const place = 100 + Math.floor((events / 10 - 100) * ((turn % 20) / 20));
			const times = [await page(subject, undefined), await page(subject, place)] as const;
			if (turn < warmUp) continue;
			first.push(times[0]);
			deep.push(times[1]);
		}
	}
}
