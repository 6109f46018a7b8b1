/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** One painted frame of a remote video; milliseconds since 1970. */
interface PaintedFrame {
	paintedAt: number;
	/** When the last packet of the frame arrived. */
	receivedAt: number;
}

interface FrameLog {
	clickedAt: number | undefined;
	frames: PaintedFrame[];
}

declare global {
	var frameLog: FrameLog | undefined;
}

/** Notes the last click and every painted remote frame of the page, from its start on and after every reload. */
export async function watchFrames(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const log: FrameLog = { clickedAt: undefined, frames: [] };
		globalThis.frameLog = log;
		addEventListener('click', (event) => (log.clickedAt = performance.timeOrigin + event.timeStamp), true);
		const watched = new WeakSet<HTMLVideoElement>();
		const watch = (video: HTMLVideoElement) => {
			if (watched.has(video)) return;
			watched.add(video);
			const onFrame = (now: number, { receiveTime }: VideoFrameCallbackMetadata) => {
				// Only frames that came over the network have a time of receipt.
				if (receiveTime !== undefined) {
					const paintedAt = performance.timeOrigin + now;
					log.frames.push({ paintedAt, receivedAt: performance.timeOrigin + receiveTime });
					if (log.frames.length > 4000) log.frames.splice(0, 2000);
				}
				video.requestVideoFrameCallback(onFrame);
			};
			video.requestVideoFrameCallback(onFrame);
		};
		const own = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
		Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
			...own,
			set(this: HTMLMediaElement, value: MediaProvider | null) {
				own?.set?.call(this, value);
				if (this instanceof HTMLVideoElement) watch(this);
			},
		});
	});
}

/** Forgets what was noted so far. */
export async function forgetFrames(page: Page): Promise<void> {
	await page.evaluate(() => {
		if (globalThis.frameLog) Object.assign(globalThis.frameLog, { clickedAt: undefined, frames: [] });
	});
}

/** The first painted remote frame whose packets arrived at or after `time` (ms since 1970), as its painting time. */
export async function firstFrameSince(page: Page, time: number, limitMs: number): Promise<number> {
	return await waitFor(page, limitMs, `no new remote frame within ${limitMs} ms`, () =>
		page.evaluate(
			(since) => globalThis.frameLog?.frames.find(({ receivedAt }) => receivedAt >= since)?.paintedAt,
			time,
		),
	);
}

/** Milliseconds from the last click to the first remote frame painted after it. */
export async function clickToFrame(page: Page, limitMs: number): Promise<number> {
	return await waitFor(page, limitMs, `no remote frame within ${limitMs} ms of the click`, () =>
		page.evaluate(() => {
			const { clickedAt, frames = [] } = globalThis.frameLog ?? {};
			if (clickedAt === undefined) return undefined;
			const frame = frames.find(({ paintedAt }) => paintedAt >= clickedAt);
			return frame && frame.paintedAt - clickedAt;
		}),
	);
}

async function waitFor(
	page: Page,
	limitMs: number,
	otherwise: string,
	read: () => Promise<number | undefined>,
): Promise<number> {
	for (const end = Date.now() + limitMs; Date.now() < end;) {
		const value = await read();
		if (value !== undefined) return value;
		await page.waitForTimeout(50);
	}
	throw new Error(otherwise);
}
