import type { LightGrid } from './lightGrid.ts';
import { Paper } from './Paper.ts';
import { Resting } from './Resting.ts';
import { Settling } from './Settling.ts';

/** Without a picture for so long nothing is known of what lies there. */
const GAP_MS = 1500;

/** What has happened: it came to rest, it moves again, or the paper under the camera is no longer the same. */
export interface StillnessNews {
	readonly rests?: boolean;
	readonly anotherPaper?: boolean;
}

/** Watches pictures in small, one after another, for whether they lie still. Pure: the times come with them, in ms. */
export class Stillness {
	#state: Settling | Resting | null = null;
	#paper: Paper | null = null;
	/** It has been said that the paper is another one; which, is known when it rests. */
	#isGone = false;
	#at = -Infinity;

	get rests(): boolean {
		return this.#state instanceof Resting;
	}

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
			return this.#look(grid);
		}
		this.#state = new Resting(next, at);
		const news = this.#look(next.picture, true);
		if (this.#isGone || !this.#paper) this.#paper = new Paper(next.picture);
		this.#isGone = false;
		return { rests: true, ...news };
	}

	/** Call when no picture has come for a while: a camera that gives none shows no still paper. */
	missing(at: number): StillnessNews {
		if (at - this.#at < GAP_MS) return {};
		const { rests } = this;
		this.#state = null;
		return rests ? { rests: false } : {};
	}

	#look(grid: LightGrid, rests = false): StillnessNews {
		if (this.#isGone || !this.#paper) return {};
		if (!this.#paper.isGone(grid) && !(rests && this.#paper.isElsewhere(grid))) return {};
		this.#isGone = true;
		return { anotherPaper: true };
	}
}
