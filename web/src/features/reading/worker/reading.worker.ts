import { Ocr } from './Ocr.ts';
import type { ReadFailure, ReaderNews, ReaderOrder } from './messages.ts';
import { Picture } from './Picture.ts';
import { loadCodeReader } from './readCodes.ts';
import { readPicture } from './readPicture.ts';

/*
 * Reads papers beside the page, so that no frame of a call waits for it: one picture after the other, in steps of some
 * tens of milliseconds, and in a call it rests as long as it has worked.
 */

const cancelled = new Set<number>();
let parts: Promise<Ocr> | undefined;
let queue = Promise.resolve();

onmessage = ({ data: order }: MessageEvent<ReaderOrder>) => {
	if (order.type === 'cancel') cancelled.add(order.id);
	else queue = queue.then(() => carryOut(order));
};

const tell = (news: ReaderNews) => postMessage(news);

class Cancelled extends Error {}

async function carryOut({
	id,
	src,
	gentle,
	...wanted
}: Extract<ReaderOrder, { type: 'read' }>): Promise<void> {
	let failure: ReadFailure = 'parts';
	let picture: Picture | undefined;
	let since = performance.now();
	const step = async (share: number) => {
		const worked = performance.now() - since;
		await new Promise((resolve) => setTimeout(resolve, gentle ? worked : 0));
		since = performance.now();
		if (cancelled.has(id)) throw new Cancelled();
		tell({ type: 'progress', id, share });
	};
	try {
		const ocr = await loadParts();
		failure = 'picture';
		picture = await Picture.open(src);
		failure = 'reading';
		const findings = await readPicture(picture, ocr, { ...wanted, step });
		tell({ type: 'done', id, findings });
	} catch (error) {
		if (error instanceof Cancelled) tell({ type: 'cancelled', id });
		else tell({ type: 'failed', id, failure, why: String(error) });
	} finally {
		cancelled.delete(id);
		picture?.close();
	}
}

/** Once; a failure is tried again with the next picture. */
async function loadParts(): Promise<Ocr> {
	parts ??= Promise.all([Ocr.load(), loadCodeReader()]).then(([ocr]) => ocr);
	try {
		return await parts;
	} catch (error) {
		parts = undefined;
		throw error;
	}
}
