import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
	inkSaid,
	pointerSaid,
	type InkSaid,
	type PointerSaid,
} from '@counter-hub/shared/annotations/said.ts';
import { grown, type Heard } from '../../web/src/features/annotations/grown.ts';
import { OwnInk, type Growing } from '../../web/src/features/annotations/OwnInk.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const stroke = (count: number): Growing => ({
	id: ID,
	on: 'still:x',
	tool: 'pen',
	points: Array.from({ length: 2 * count }, (_, i) => i),
});

describe('V6 M-21 what is drawn is told at once, seldom enough, and heals what was lost', () => {
	let said: (InkSaid | PointerSaid)[];
	let ink: OwnInk;
	beforeEach(() => {
		vi.useFakeTimers();
		said = [];
		ink = new OwnInk({ say: (_topic: string, data: InkSaid | PointerSaid) => void said.push(data) });
	});
	afterEach(() => {
		ink.close();
		vi.useRealTimers();
	});
	/** Draws a point each 8 ms, faster than any screen. */
	const drawFor = (ms: number, from = 1) => {
		let count = from;
		for (let at = 0; at < ms; at += 8) {
			ink.draw(stroke(count++));
			vi.advanceTimersByTime(8);
		}
		return count - 1;
	};
	const heardOf = (messages: readonly unknown[]): Heard =>
		messages.reduce<Heard>((heard, message) => {
			const one = inkSaid.parse(message);
			return 'gone' in one ? [] : grown(heard, 2 * one.from, one.points);
		}, []);

	it('the first word goes at once, and then some sixty a second', () => {
		ink.draw(stroke(1));
		expect(said).toHaveLength(1);
		drawFor(1_000, 2);
		expect(said.length).toBeGreaterThanOrEqual(30);
		// The node drops what is beyond 90 a second.
		expect(said.length).toBeLessThanOrEqual(70);
	});

	it('the other side hears every point', () => {
		const count = drawFor(3_000);
		ink.end(stroke(count), false);
		expect(heardOf(said)).toEqual(stroke(count).points);
	});

	it('four lost messages in a row leave no gap', () => {
		const count = drawFor(2_000);
		ink.end(stroke(count), false);
		const left = said.filter((_, i) => i % 8 < 4);
		left.push(said.at(-1)!);
		const heard = heardOf(left);
		expect(heard.length).toBe(2 * count);
		expect(heard.filter((one) => one === undefined)).toEqual([]);
	});

	it('after a longer loss a hand that rests says the last of it again', () => {
		const count = drawFor(500);
		vi.advanceTimersByTime(24);
		const lost = said.length;
		vi.advanceTimersByTime(450);
		expect(said.length).toBeGreaterThan(lost);
		const heard = heardOf(said.slice(lost));
		expect(heard.length).toBe(2 * count);
		expect(heard.slice(-2)).toEqual(stroke(count).points.slice(-2));
		vi.advanceTimersByTime(60_000);
		const quiet = said.length;
		vi.advanceTimersByTime(60_000);
		expect(said.length).toBe(quiet);
	});

	it('a box is told whole each time, and that it was given up', () => {
		const box = (points: number[]): Growing => ({ id: ID, on: 'still:x', tool: 'box', points });
		ink.draw(box([1, 2, 3, 4]));
		vi.advanceTimersByTime(30);
		ink.draw(box([1, 2, 30, 40]));
		ink.end(box([1, 2, 30, 40]), true);
		expect(said.map((one) => ('points' in one ? one.points : one))).toEqual([
			[1, 2, 3, 4],
			[1, 2, 30, 40],
			{ id: ID, gone: true },
		]);
		vi.advanceTimersByTime(5_000);
		expect(said).toHaveLength(3);
	});

	it('whoever rests on a place still points there, for a while, and not after he has left', () => {
		ink.point('still:x', [1, 2]);
		vi.advanceTimersByTime(1_300);
		expect(said.map((one) => pointerSaid.parse(one).at)).toEqual(Array(4).fill([1, 2]));
		ink.point('still:x', null);
		vi.advanceTimersByTime(60_000);
		expect(said).toHaveLength(5);
		expect(said.at(-1)).toEqual({ on: 'still:x', at: null });
	});
});
