import { newId } from '@counter-hub/shared/ids/ids.ts';

/**
 * The id of what a form sends. It stays the same for the same content until that is known to have taken effect:
 * whoever presses the button again after an answer was lost changes nothing.
 */
export class CommandId {
	#id = newId();
	#content: string | null = null;

	of(content: string): string {
		if (this.#content !== null && content !== this.#content) this.#id = newId();
		this.#content = content;
		return this.#id;
	}

	/** It took effect: the same content again is something new. */
	settle(): void {
		this.#id = newId();
		this.#content = null;
	}
}
