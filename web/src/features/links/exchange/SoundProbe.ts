import { readFrames, type Sound } from '#features/media/frames.ts';

/** Quieter than anything a microphone gives. */
const NOTHING_DBFS = -120;

/** How loud the decoded sound of one stream is. */
export class SoundProbe {
	/** Sound is only decoded where something plays it; this plays it to nobody. */
	readonly #ear = new Audio();
	readonly #reader: ReturnType<typeof readFrames<Sound>>;
	#samples = 0;
	#energy = 0;
	#stopped = false;

	constructor(track: MediaStreamTrack) {
		this.#ear.muted = true;
		this.#ear.srcObject = new MediaStream([track]);
		// Muted: no browser asks for a click first. Closed meanwhile, it is aborted.
		this.#ear.play().catch(() => undefined);
		this.#reader = readFrames<Sound>(track);
		void this.#read();
	}

	/** The mean so far, in dBFS; null in a browser that lets no page listen. */
	get level(): number | null {
		if (!this.#reader) return null;
		const power = this.#samples === 0 ? 0 : this.#energy / this.#samples;
		return power > 0 ? Math.min(0, Math.max(NOTHING_DBFS, 10 * Math.log10(power))) : NOTHING_DBFS;
	}

	close(): void {
		this.#stopped = true;
		this.#ear.srcObject = null;
		this.#reader?.stop();
	}

	async #read(): Promise<void> {
		for (;;) {
			const sound = await this.#reader?.next();
			if (!sound || this.#stopped) {
				sound?.close();
				return;
			}
			const samples = new Float32Array(sound.numberOfFrames);
			sound.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
			sound.close();
			for (const one of samples) this.#energy += one * one;
			this.#samples += samples.length;
		}
	}
}
