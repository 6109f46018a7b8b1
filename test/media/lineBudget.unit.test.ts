import { LineBudget } from '@counter-hub/media-server/rooms/parts/lineBudget.ts';
import { expect, test } from 'vitest';

/** A line that carries so much, with a queue of 200 ms, as its viewer reports on it second by second. */
class Line {
	readonly budget = new LineBudget();
	readonly wished: number;
	#queueBits = 0;

	constructor(wished: number) {
		this.wished = wished;
	}

	/** Returns what was sent in that second. */
	second(carries: number): number {
		const sent = Math.min(this.wished, this.budget.bitrate ?? Infinity);
		const room = carries * 1.2 - this.#queueBits;
		const lost = Math.max(0, sent - room) / sent;
		this.#queueBits = Math.max(0, Math.min(carries * 0.2, this.#queueBits + sent - carries));
		this.budget.add({ bitrate: sent, lost, rttMs: 20 + (this.#queueBits / carries) * 1000 });
		return sent;
	}
}

test('F23 a line of 1.5 Mbit/s is sent what it carries within three seconds, and little more from then on', () => {
	const line = new Line(6_500_000);
	const sent = Array.from({ length: 60 }, () => line.second(1_500_000)).slice(3);
	const average = sent.reduce((sum, one) => sum + one, 0) / sent.length;
	expect(average).toBeGreaterThan(900_000);
	expect(average).toBeLessThan(1_800_000);
});

test('F23 a line that carries all again is sent all within five seconds', () => {
	for (let trouble = 4; trouble < 24; trouble++) {
		const line = new Line(6_500_000);
		for (let second = 0; second < trouble; second++) line.second(1_500_000);
		const sent = Array.from({ length: 6 }, () => line.second(50_000_000));
		expect(sent.at(-1)).toBe(6_500_000);
	}
});

test('F23 a line that carries next to nothing is still sent something; a few losses change nothing', () => {
	const starved = new Line(6_500_000);
	for (let second = 0; second < 20; second++) starved.second(50_000);
	expect(starved.budget.bitrate).toBe(300_000);
	const windy = new LineBudget();
	for (let second = 0; second < 20; second++) windy.add({ bitrate: 6_000_000, lost: 0.04, rttMs: 30 });
	expect(windy.bitrate).toBe(null);
});
