/** Two soft strokes, a pause, and again: made by WebAudio, so that no file is loaded. */
const STROKES = [
	{ at: 0, hertz: 659 },
	{ at: 0.22, hertz: 880 },
	{ at: 1.1, hertz: 659 },
	{ at: 1.32, hertz: 880 },
] as const;
const EVERY_MS = 3200;
const LOUDNESS = 0.16;

/** The sound of an incoming call. Its twin for the eye is the banner; `blocked` asks for a click in the page. */
export class RingSound {
	/** The browser lets no sound out before somebody clicks in the page. */
	blocked = $state(false);
	#context: AudioContext | null = null;
	#timer: ReturnType<typeof setInterval> | undefined;

	get ringing(): boolean {
		return this.#timer !== undefined;
	}

	start(): void {
		if (this.#timer !== undefined) return;
		const context = (this.#context ??= new AudioContext());
		this.#timer = setInterval(() => this.#play(), EVERY_MS);
		this.#listen(context);
		this.#play();
	}

	stop(): void {
		clearInterval(this.#timer);
		this.#timer = undefined;
		this.blocked = false;
		const context = this.#context;
		this.#context = null;
		void context?.close().catch(() => undefined);
	}

	/** Call on a click: lets the sound out. */
	async unblock(): Promise<void> {
		await this.#context?.resume();
		this.#play();
	}

	#listen(context: AudioContext): void {
		const update = () => {
			if (this.#context === context) this.blocked = this.ringing && context.state === 'suspended';
		};
		context.onstatechange = update;
		// A context that may run does so at once; only one that stays still is blocked.
		void context.resume().catch(() => undefined);
		setTimeout(update, 400);
	}

	#play(): void {
		const context = this.#context;
		if (context?.state !== 'running') return;
		for (const { at, hertz } of STROKES) stroke(context, context.currentTime + at, hertz);
	}
}

function stroke(context: AudioContext, start: number, hertz: number): void {
	const tone = new OscillatorNode(context, { type: 'sine', frequency: hertz });
	const volume = new GainNode(context, { gain: 0 });
	volume.gain.setValueAtTime(0, start);
	volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
	volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.55);
	tone.connect(volume).connect(context.destination);
	tone.start(start);
	tone.stop(start + 0.6);
}
