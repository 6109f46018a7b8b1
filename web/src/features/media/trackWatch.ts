import { readFrames, type Picture, type Sound } from './frames.ts';

/** How long a camera may take to its first picture, and be without one later. */
const FIRST_PICTURE_MS = 5000;
const NEXT_PICTURE_MS = 2500;
/** A page that stood still itself gets so long to see that pictures have come meanwhile. */
const BENEFIT_MS = 500;
const LOOK_EVERY_MS = 500;
const LISTEN_EVERY_MS = 250;
const SILENCE_MS = 30_000;
/** −80 dB of the loudest: no open microphone is so quiet, a muted one is. */
const AUDIBLE = 1e-4;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Told of every change: it gives what it should, or it does not. Begins with nothing known. */
type Tell = (well: boolean) => void;
export type TrackWatch = (track: MediaStreamTrack, tell: Tell) => () => void;

/**
 * Whether a camera gives pictures, by their arrival alone: a still paper is no frozen camera. Works in hidden tabs,
 * and whether or not anybody is being sent the pictures.
 */
export const watchPictures: TrackWatch = (track, tell) => {
	const reader = readFrames<Picture>(track);
	if (!reader) return () => undefined;
	let patience: ReturnType<typeof setTimeout> | undefined;
	const stopping = new AbortController();
	const isOver = () => stopping.signal.aborted;
	const look = async () => {
		for (let wait = FIRST_PICTURE_MS; ; wait = NEXT_PICTURE_MS) {
			patience = setTimeout(() => (patience = setTimeout(tell, BENEFIT_MS, false)), wait - BENEFIT_MS);
			const picture = await reader.next();
			clearTimeout(patience);
			picture?.close();
			if (!picture || isOver()) return;
			tell(true);
			await pause(LOOK_EVERY_MS);
			if (isOver()) return;
		}
	};
	void look();
	return () => {
		stopping.abort();
		clearTimeout(patience);
		reader.stop();
	};
};

/** Whether a microphone gives anything at all, speech or the hum of the room. */
export const watchSound: TrackWatch = (track, tell) => {
	const reader = readFrames<Sound>(track);
	if (!reader) return () => undefined;
	let heardAt = performance.now();
	const stopping = new AbortController();
	const isOver = () => stopping.signal.aborted;
	const listen = async () => {
		while (!isOver()) {
			const sound = await reader.next();
			if (!sound || isOver()) return;
			if (isAudible(sound)) {
				heardAt = performance.now();
				tell(true);
			}
			sound.close();
			await pause(LISTEN_EVERY_MS);
		}
	};
	void listen();
	const timer = setInterval(() => {
		if (performance.now() - heardAt >= SILENCE_MS) tell(false);
	}, 1000);
	return () => {
		stopping.abort();
		clearInterval(timer);
		reader.stop();
	};
};

function isAudible(sound: Sound): boolean {
	const samples = new Float32Array(sound.numberOfFrames);
	sound.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
	return samples.some((sample) => Math.abs(sample) > AUDIBLE);
}

/**
 * Depth and infrared sensors of face recognition list themselves as cameras too, but their pixels cannot be sent.
 * True unless the first picture shows that this is one of them.
 */
export async function givesPictures(track: MediaStreamTrack): Promise<boolean> {
	const own = track.clone();
	const reader = readFrames<Picture>(own);
	if (!reader) return true;
	try {
		const first = await Promise.race([reader.next(), pause(FIRST_PICTURE_MS).then(() => null)]);
		const usable = first?.format !== null;
		first?.close();
		return usable;
	} finally {
		own.stop();
		reader.stop();
	}
}
