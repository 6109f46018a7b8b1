import { LIMITS } from '@counter-hub/shared/limits/limits.ts';

const TICK_MS = 250;

/** Personal data in clear for 30 seconds; then they leave the page's memory. */
export class Unmasking<Data> {
	shown = $state.raw<Data | null>(null);
	secondsLeft = $state(0);
	#until = 0;
	#timer: ReturnType<typeof setInterval> | undefined;

	show(data: Data): void {
		this.shown = data;
		this.#until = performance.now() + LIMITS.unmaskedMs;
		clearInterval(this.#timer);
		this.#timer = setInterval(() => this.#tick(), TICK_MS);
		this.#tick();
	}

	hide(): void {
		clearInterval(this.#timer);
		this.shown = null;
		this.secondsLeft = 0;
	}

	#tick(): void {
		const left = this.#until - performance.now();
		if (left <= 0) this.hide();
		else this.secondsLeft = Math.ceil(left / 1000);
	}
}
