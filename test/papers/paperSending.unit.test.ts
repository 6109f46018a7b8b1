import type { FrameInfo } from '@counter-hub/shared/media/frames.ts';
import type { PaperSaid } from '@counter-hub/shared/papers/paperSaid.ts';
import { expect, test, vi } from 'vitest';
import { PaperSending } from '../../web/src/features/papers/sending/PaperSending.ts';
import { Feed } from '../../web/src/features/papers/watching/Feed.ts';

const SIZE = { width: 400, height: 300 };
const SHEET = { ...SIZE, layout: 'i420' } as const;
const LARGE = { width: 3840, height: 2160, layout: 'i420' } as const;

/** The node and the viewers, as far as a sender sees them, and the worker that writes. */
class Bench {
	viewers = 1;
	/** What is refused, and with what. */
	failure: Error | null = null;
	/** Holds the answer to the next part. */
	hold: Promise<void> = Promise.resolve();
	readonly said: PaperSaid[] = [];
	readonly begun: FrameInfo[] = [];
	readonly bytes = new Map<string, number[]>();
	readonly whole: string[] = [];
	readonly dropped: number[] = [];
	readonly written: { near: number; feed: Feed<Uint8Array<ArrayBuffer>> }[] = [];
	tries = 0;
	/** Bytes of what is written. */
	size = 5_000;
	writes = true;
	readonly sending = new PaperSending({
		streamId: 'papers',
		paper: 100,
		rest: 0,
		say: (said) => this.said.push(said),
		onChange: () => undefined,
		write: (near) => {
			const feed = new Feed<Uint8Array<ArrayBuffer>>();
			this.written.push({ near, feed });
			for (let at = 0; at < this.size; at += 1000) feed.add(new Uint8Array(1000).fill(at / 1000));
			if (this.writes) feed.add(null);
			return feed;
		},
		line: {
			begin: (_streamId, frame) => {
				this.tries++;
				if (this.failure) return Promise.reject(this.failure);
				this.begun.push(frame);
				this.bytes.set(frame.frameId, []);
				return Promise.resolve(this.viewers);
			},
			part: async (_streamId, { frameId, data, last }) => {
				await this.hold;
				if (this.failure) throw this.failure;
				this.bytes.get(frameId)?.push(...new Uint8Array(data));
				if (last) this.whole.push(frameId);
				return this.viewers;
			},
			drop: (_streamId, rest) => {
				this.dropped.push(rest);
				return Promise.resolve();
			},
		},
	});

	get last(): PaperSaid | undefined {
		return this.said.at(-1);
	}
	async until(check: () => void): Promise<void> {
		await vi.waitFor(check, { interval: 1 });
	}
}

test('V14 what comes to rest is sent whole, and said to be there; at a movement all hear that it is no more', async () => {
	const bench = new Bench();
	bench.sending.news({ rest: SHEET, lies: true });
	expect(bench.last).toEqual({ stream: 'papers', rest: 1, still: true, frame: null, paper: 100 });
	await bench.until(() => expect(bench.whole).toHaveLength(1));
	const [frame] = bench.begun;
	expect(frame).toMatchObject({ ...SIZE, rest: 1 });
	await bench.until(() => expect(bench.last?.frame).toBe(frame?.frameId));
	const expected = Array.from({ length: 5 }, (_, no) => Array.from({ length: 1000 }, () => no)).flat();
	expect(bench.bytes.get(frame?.frameId ?? '')).toEqual(expected);
	expect(bench.sending.isCrisp).toBe(true);

	bench.sending.news({ rest: null, anotherPaper: true });
	expect(bench.dropped).toEqual([1]);
	expect(bench.last).toEqual({ stream: 'papers', rest: 1, still: false, frame: null, paper: 101 });
	expect(bench.sending.isCrisp).toBe(false);
	bench.sending.news({ rest: SHEET, lies: true });
	await bench.until(() => expect(bench.whole).toHaveLength(2));
	expect(bench.begun[1]?.rest).toBe(2);
	bench.sending.stop();
	expect(bench.dropped).toEqual([1, 2]);
	expect(bench.last?.still).toBe(false);
});

test('V14 what seems to come to rest is on its way at once, and not shown before it is known to rest', async () => {
	const bench = new Bench();
	bench.size = 50_000;
	bench.sending.news({ rest: SHEET });
	const frame = () => bench.begun.at(-1)?.frameId ?? '';
	await bench.until(() => expect(bench.bytes.get(frame())).not.toHaveLength(0));
	bench.sending.tick();
	expect(bench.last).toEqual({ stream: 'papers', rest: 0, still: false, frame: null, paper: 100 });
	expect(bench.whole).toEqual([]);
	expect(bench.sending.isCrisp).toBe(false);
	// It does not come to rest.
	bench.sending.news({ rest: null });
	expect(bench.dropped).toEqual([1]);
	expect(bench.last).toMatchObject({ rest: 1, still: false });

	// It lies elsewhere than it seemed first.
	bench.sending.news({ rest: SHEET });
	await bench.until(() => expect(bench.begun).toHaveLength(2));
	bench.sending.news({ rest: SHEET });
	expect(bench.dropped).toEqual([1, 2]);
	bench.sending.news({ lies: true });
	expect(bench.last).toMatchObject({ rest: 3, still: true });
	await bench.until(() => expect(bench.sending.isCrisp).toBe(true));
	expect(bench.whole).toEqual([frame()]);
	expect(bench.bytes.get(frame())).toHaveLength(50_000);
	expect(bench.begun.map(({ rest }) => rest)).toEqual([1, 2, 3]);
	expect(bench.last?.frame).toBe(frame());
});

test('V14 papers that seem to rest again and again are waited for, and their stream is not calm before they do', async () => {
	const bench = new Bench();
	for (let rest = 1; rest <= 2; rest++) {
		bench.sending.news({ rest: SHEET });
		expect(bench.sending.isCalm).toBe(true);
		await bench.until(() => expect(bench.begun).toHaveLength(rest));
		bench.sending.news({ rest: null });
	}
	bench.sending.news({ rest: SHEET });
	bench.sending.tick();
	expect(bench.sending.isCalm).toBe(false);
	bench.sending.news({ lies: true });
	expect(bench.sending.isCalm).toBe(true);
	await bench.until(() => expect(bench.sending.isCrisp).toBe(true));
	expect(bench.begun.map(({ rest }) => rest)).toEqual([1, 2, 3]);
	// Once they have rested, the next frame is on its way at once.
	bench.sending.news({ rest: null });
	bench.sending.news({ rest: SHEET });
	await bench.until(() => expect(bench.begun).toHaveLength(4));
});

test('V14 of a large picture a near frame comes first and then the exact one; what is written late is not sent', async () => {
	const bench = new Bench();
	bench.sending.news({ rest: LARGE, lies: true });
	await bench.until(() => expect(bench.whole).toHaveLength(2));
	expect(bench.written.map(({ near }) => near)).toEqual([4, 0]);
	await bench.until(() => expect(bench.last?.frame).toBe(bench.begun[1]?.frameId));

	bench.writes = false;
	bench.sending.news({ rest: null });
	bench.sending.news({ rest: LARGE, lies: true });
	await bench.until(() => expect(bench.begun).toHaveLength(3));
	// The paper moves while it is being written: the worker cuts what it writes.
	bench.sending.news({ rest: null });
	bench.written.at(-1)?.feed.cut();
	bench.writes = true;
	bench.sending.news({ rest: SHEET, lies: true });
	bench.sending.tick();
	await bench.until(() => expect(bench.whole).toHaveLength(3));
	expect(bench.whole).not.toContain(bench.begun[2]?.frameId);
	expect(bench.begun.at(-1)).toMatchObject({ ...SIZE, rest: 3 });
});

test('M-26 the stream is calm once a frame has its place, or soon will; until then, and while it moves, it is not', async () => {
	const bench = new Bench();
	expect(bench.sending.isCalm).toBe(false);
	bench.sending.news({ rest: SHEET, lies: true });
	expect(bench.sending.isCalm).toBe(true);
	await bench.until(() => expect(bench.sending.isCrisp).toBe(true));
	expect(bench.sending.isCalm).toBe(true);
	bench.sending.news({ rest: null });
	expect(bench.sending.isCalm).toBe(false);
	// A large one is long on the way over a line of which nothing is known yet.
	bench.sending.news({ rest: LARGE, lies: true });
	expect(bench.sending.isCalm).toBe(false);
	await bench.until(() => expect(bench.sending.isCrisp).toBe(true));
	expect(bench.sending.isCalm).toBe(true);
});

test('V14 who lacks the frame gets it again as it was; nobody else’s question is heard', async () => {
	const bench = new Bench();
	bench.sending.news({ rest: SHEET, lies: true });
	await bench.until(() => expect(bench.sending.isCrisp).toBe(true));
	const [frame] = bench.begun;
	bench.sending.asked('another');
	bench.sending.asked(frame?.frameId ?? '');
	await bench.until(() => expect(bench.whole).toHaveLength(2));
	expect(bench.begun).toEqual([frame, frame]);
	expect(bench.written).toHaveLength(1);
	expect(bench.bytes.get(frame?.frameId ?? '')).toHaveLength(5_000);
	bench.sending.news({ rest: null });
	bench.sending.asked(frame?.frameId ?? '');
	expect(bench.begun).toHaveLength(2);
});

test('V14 while nobody watches, and after a refusal or a lost line, it is tried again with each tick', async () => {
	const bench = new Bench();
	bench.viewers = 0;
	bench.sending.news({ rest: SHEET, lies: true });
	await bench.until(() => expect(bench.begun).toHaveLength(1));
	bench.sending.tick();
	await bench.until(() => expect(bench.begun).toHaveLength(2));
	expect(bench.whole).toEqual([]);
	expect(bench.last).toMatchObject({ still: true, frame: null });
	bench.viewers = 1;
	bench.failure = new Error('lost');
	bench.sending.tick();
	await bench.until(() => expect(bench.tries).toBe(3));
	// Nothing is written for nobody.
	expect(bench.written).toEqual([]);
	bench.failure = null;
	bench.sending.tick();
	await bench.until(() => expect(bench.whole).toHaveLength(1));
	expect(bench.sending.isCrisp).toBe(true);
	const before = bench.said.length;
	bench.sending.tick();
	expect(bench.said).toHaveLength(before + 1);
});
