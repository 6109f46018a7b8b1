/** Long enough for a context that may run to begin. */
const SETTLED_MS = 400;
const GESTURES = ['click', 'keydown', 'pointerup'] as const;

/** Whether this page may sound: browsers keep a page silent until somebody has clicked or typed in it. */
export class SoundGate {
	/** The next call would ring without a sound. */
	shut = $state(false);

	/** Call when somebody waits for calls; returns how to stop. */
	watch(): () => void {
		if (navigator.userActivation.hasBeenActive) return () => undefined;
		const context = new AudioContext();
		const look = () => {
			if (context.state === 'closed') return;
			this.shut = context.state !== 'running';
			// A sound device is not kept open only to know this.
			if (!this.shut) stop();
		};
		const open = () => void context.resume().catch(() => undefined);
		const timer = setTimeout(look, SETTLED_MS);
		const stop = () => {
			clearTimeout(timer);
			this.shut = false;
			for (const gesture of GESTURES) removeEventListener(gesture, open, true);
			if (context.state !== 'closed') void context.close().catch(() => undefined);
		};
		context.onstatechange = look;
		for (const gesture of GESTURES) addEventListener(gesture, open, true);
		open();
		return stop;
	}
}
