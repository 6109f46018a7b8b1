import type { LightGrid } from './lightGrid.ts';
import { Paper } from './Paper.ts';
import { Resting } from './Resting.ts';
import { Settling } from './Settling.ts';

/** Without a picture for so long nothing is known of what lies there. */
const GAP_MS = 1500;

/** What has happened: it came to rest, it moves again, or the paper under the camera is no longer the same. */
export interface StillnessNews {
	/** It seems to come to rest, as it lies in this picture; whether it does, `rests` says. */
	readonly seems?: true;
	readonly rests?: boolean;
	readonly anotherPaper?: boolean;
}

/** Watches pictures in small, one after another, for whether they lie still. Pure: the times come with them, in ms. */
export class Stillness {
	#state: Settling | Resting | null = null;
	/** Since when that which has been said to come to rest lies still, until it rests or moves. */
	#seemsSince: number | null = null;
	#paper: Paper | null = null;
	/** It has been said that the paper is another one; which, is known when it rests. */
	#isGone = false;
	#at = -Infinity;

	add(grid: LightGrid, at: number): StillnessNews {
		const isLate = at - this.#at >= GAP_MS;
		this.#at = at;
		const state = this.#state;
		if (state instanceof Resting) {
			if (!state.moves(grid, at)) return {};
			this.#state = new Settling(grid, at);
			return { rests: false, ...this.#look(grid) };
		}
		// What happened meanwhile is not known.
		const next = state && !isLate ? state.add(grid, at) : new Settling(grid, at);
		if (next instanceof Settling) {
			this.#state = next;
			return { ...this.#seems(next), ...this.#look(grid) };
		}
		const seems = this.#seemsSince === null && ({ seems: true } as const);
		this.#seemsSince = null;
		this.#state = new Resting(next, at);
		const news = this.#look(next.picture, true);
		if (this.#isGone || !this.#paper) this.#paper = new Paper(next.picture);
		this.#isGone = false;
		return { ...seems, rests: true, ...news };
	}

	/** Call when no picture has come for a while: a camera that gives none shows no still paper. */
	missing(at: number): StillnessNews {
		if (at - this.#at < GAP_MS) return {};
		const isOver = this.#seemsSince !== null || this.#state instanceof Resting;
		this.#seemsSince = null;
		this.#state = null;
		return isOver ? { rests: false } : {};
	}

	#seems({ since, seemsToRest }: Settling): StillnessNews {
		const before = this.#seemsSince;
		if (seemsToRest && since !== before) {
			this.#seemsSince = since;
			return { seems: true };
		}
		if (seemsToRest || before === null) return {};
		this.#seemsSince = null;
		return { rests: false };
	}

	#look(grid: LightGrid, rests = false): StillnessNews {
		if (this.#isGone || !this.#paper) return {};
		if (!this.#paper.isGone(grid) && !(rests && this.#paper.isElsewhere(grid))) return {};
		this.#isGone = true;
		return { anotherPaper: true };
	}
}
