import type { Timelines } from '@counter-hub/hub-server/features/timeline/Timelines.ts';
import { quantile } from '../lib.ts';
import { noteCommand } from './sampleEvents.ts';

export interface WriterFigures {
	/** Acknowledged appends per second. */
	rate: number;
	/** Of one append, in ms. */
	p99: number;
}

/** Writers that each append one event after the other, to the cases in turn. */
export async function appendWith(
	timelines: Timelines,
	writers: number,
	subjects: readonly string[],
	ms: number,
): Promise<WriterFigures> {
	const latencies: number[] = [];
	const started = performance.now();
	await Promise.all(
		Array.from({ length: writers }, async (_, i) => {
			const subject = subjects[i % subjects.length] ?? '';
			for (let now = performance.now(); now - started < ms;) {
				await timelines.append(noteCommand(subject));
				const done = performance.now();
				latencies.push(done - now);
				now = done;
			}
		}),
	);
	const rate = (latencies.length * 1000) / (performance.now() - started);
	await timelines.flushProjections();
	return { rate, p99: quantile(latencies, 0.99) };
}
