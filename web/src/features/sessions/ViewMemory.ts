import type { StageView } from './stageView.ts';

/** Views of so many things are remembered. */
const KEPT = 64;

/** How things were looked at that lay on the stage before, by the name of each. */
export class ViewMemory {
	/** Oldest first. */
	readonly #views = new Map<string, StageView>();

	get(thing: string): StageView | undefined {
		return this.#views.get(thing);
	}

	put(thing: string, view: StageView): void {
		this.#views.delete(thing);
		this.#views.set(thing, view);
		for (const oldest of this.#views.keys()) {
			if (this.#views.size <= KEPT) break;
			this.#views.delete(oldest);
		}
	}
}
