const NOTE_SECONDS = 0.35;
const NOTES_HZ = [523.25, 659.25, 783.99];

/** Plays rising notes on one speaker, three by default. Resolves when they have sounded; must follow a click. */
export async function playTestSound(speakerId: string | null, notes = NOTES_HZ.length): Promise<void> {
	const context = new AudioContext();
	const output = context.createMediaStreamDestination();
	const element = new Audio();
	try {
		element.srcObject = output.stream;
		if (speakerId !== null) await element.setSinkId(speakerId);
		await context.resume();
		await element.play();
		let at = context.currentTime;
		for (let note = 0; note < notes; note++) {
			const frequency = NOTES_HZ[note % NOTES_HZ.length] ?? 0;
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
		await new Promise((resolve) => setTimeout(resolve, notes * NOTE_SECONDS * 1000 + 100));
	} finally {
		element.srcObject = null;
		await context.close();
	}
}
