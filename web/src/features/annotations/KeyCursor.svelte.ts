import type { StageDesk } from '#features/sessions/StageDesk.svelte.ts';
import { pictureAt, type Point } from '#features/sessions/stageView.ts';
import type { Hand } from './Hand.svelte.ts';
import { stageAt } from './stageAt.ts';

/** CSS pixels: one arrow key, and one with Shift. */
const STEP = 16;
const FINE_STEP = 2;

/** A cursor on the picture that arrow keys move, for whoever points and draws without a mouse. */
export class KeyCursor {
	/** In shares of the unturned picture; null while the mouse is used. */
	at = $state.raw<Point | null>(null);
	readonly #stage: StageDesk;
	readonly #hand: Hand;

	constructor(stage: StageDesk, hand: Hand) {
		this.#stage = stage;
		this.#hand = hand;
	}

	/** Begins in the middle of what is seen; at the edge of the stage the picture is moved along. */
	move(right: number, down: number, isFine: boolean): void {
		const { zoom } = this.#stage;
		const from = this.#seen();
		const step = isFine ? FINE_STEP : STEP;
		const [x, y] = [from.x + right * step, from.y + down * step];
		const { width, height } = zoom.stage;
		const wanted = this.#onPicture({ x, y });
		if (Math.abs(x) > width / 2 || Math.abs(y) > height / 2) zoom.step(right, down);
		this.at = wanted;
		this.#hand.move(wanted);
	}

	press(): void {
		this.at ??= this.#onPicture({ x: 0, y: 0 });
		this.#hand.press(this.at);
	}

	hide(): void {
		this.at = null;
	}

	#seen(): Point {
		const { zoom } = this.#stage;
		return this.at ? stageAt(zoom.view, zoom.box, this.at) : { x: 0, y: 0 };
	}

	#onPicture(seen: Point): Point {
		const { zoom } = this.#stage;
		const { x, y } = pictureAt(zoom.view, zoom.box, seen);
		return { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
	}
}
