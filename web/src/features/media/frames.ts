/** Pictures or sounds of a track as they come; only the newest is kept for whoever reads next. */
export interface FrameReader<F> {
	/** Null when the track has ended. */
	next(): Promise<F | null>;
	stop(): void;
}
export interface Picture {
	/** Null where the pixels are of a kind that cannot be sent. */
	readonly format: string | null;
	close(): void;
}
export interface Sound {
	readonly numberOfFrames: number;
	copyTo(target: Float32Array, options: { planeIndex: number; format: 'f32-planar' }): void;
	close(): void;
}
interface Processor<F> {
	readable: ReadableStream<F>;
}

/** All pictures of a camera, for a worker to read. Null in browsers that do not let a page look at single frames. */
export const frameStream = (track: MediaStreamTrack): ReadableStream<VideoFrame> | null => streamOf(track);

/** Null in browsers that do not let a page look at single frames. */
export function readFrames<F extends Picture | Sound>(track: MediaStreamTrack): FrameReader<F> | null {
	const reader = streamOf<F>(track)?.getReader();
	return reader ? readerOf(reader) : null;
}

function streamOf<F>(track: MediaStreamTrack): ReadableStream<F> | null {
	const Processor: unknown = Reflect.get(globalThis, 'MediaStreamTrackProcessor');
	if (typeof Processor !== 'function') return null;
	return (Reflect.construct(Processor, [{ track, maxBufferSize: 1 }]) as Processor<F>).readable;
}

function readerOf<F>(reader: ReadableStreamDefaultReader<F>): FrameReader<F> {
	return {
		next: async () => {
			const { value } = await reader.read().catch(() => ({ value: undefined }));
			return value ?? null;
		},
		stop: () => void reader.cancel().catch(() => undefined),
	};
}
