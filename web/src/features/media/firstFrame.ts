/** How long to wait for the first picture of a camera before taking it as it is. */
const FIRST_FRAME_MS = 5000;

interface FrameReader {
	readable: ReadableStream<{ format: string | null; close(): void }>;
}

/**
 * Depth and infrared sensors of face recognition list themselves as cameras too, but their pixels cannot be sent.
 * True unless the first picture shows that this is one of them.
 */
export async function givesPictures(track: MediaStreamTrack): Promise<boolean> {
	const Processor: unknown = Reflect.get(globalThis, 'MediaStreamTrackProcessor');
	if (typeof Processor !== 'function') return true;
	const own = track.clone();
	const { readable } = Reflect.construct(Processor, [{ track: own }]) as FrameReader;
	const reader = readable.getReader();
	const timeout = new Promise<null>((resolve) => setTimeout(resolve, FIRST_FRAME_MS, null));
	try {
		const first = await Promise.race([reader.read(), timeout]);
		const usable = first?.value?.format !== null;
		first?.value?.close();
		return usable;
	} finally {
		own.stop();
		void reader.cancel().catch(() => undefined);
	}
}
