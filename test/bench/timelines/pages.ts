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

export interface PageFigures {
	/** Times in ms. */
	first: number[];
	deep: number[];
}

/** Times of the newest page and of pages deep down, in turns. */
export async function pageTimes(
	timelines: Timelines,
	subject: string,
	events: number,
	turns: number,
): Promise<PageFigures> {
	const times: PageFigures = { first: [], deep: [] };
	const page = async (before: number | undefined) => {
		const started = performance.now();
		await timelines.page(subject, { before, limit: 50 });
		return performance.now() - started;
	};
	for (let turn = -20; turn < turns; turn++) {
		// Twenty places in the oldest tenth.
		const place = 100 + Math.floor((events / 10 - 100) * ((((turn % 20) + 20) % 20) / 20));
		const [first, deep] = [await page(undefined), await page(place)];
		if (turn < 0) continue;
		times.first.push(first);
		times.deep.push(deep);
	}
	return times;
}
