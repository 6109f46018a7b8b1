const NOTE_SECONDS = 0.35;
const NOTES_HZ = [523.25, 659.25, 783.99];

/** Plays three rising notes on one speaker. Resolves when they have sounded; must follow a click. */
export async function playTestSound(speakerId: string | null): Promise<void> {
	const context = new AudioContext();
	const output = context.createMediaStreamDestination();
	const element = new Audio();
	try {
		element.srcObject = output.stream;
		if (speakerId !== null) await element.setSinkId(speakerId);
		await context.resume();
		await element.play();
		let at = context.currentTime;
		for (const frequency of NOTES_HZ) {
			const oscillator = new OscillatorNode(context, { frequency });
			const gain = new GainNode(context, { gain: 0 });
			gain.gain.setValueAtTime(0, at);
			gain.gain.linearRampToValueAtTime(0.3, at + 0.03);
			gain.gain.linearRampToValueAtTime(0, at + NOTE_SECONDS);
			oscillator.connect(gain).connect(output);
			oscillator.start(at);
			oscillator.stop(at + NOTE_SECONDS);
			at += NOTE_SECONDS;
		}
		await new Promise((resolve) => setTimeout(resolve, NOTES_HZ.length * NOTE_SECONDS * 1000 + 100));
	} finally {
		element.srcObject = null;
		await context.close();
	}
}
