import type { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { errorLine } from '#platform/errorText.ts';

/** Saves what is typed into a field. Why it was refused stands at the field; where that is gone by then, it is said. */
export class Saving {
	refusal = $state.raw<ApiProblem | null>(null);
	#sent: string | null = null;
	#isGone = false;
	readonly #app: App;

	/** While a component is set up, which is the one with the field. */
	constructor(app: App) {
		this.#app = app;
		$effect(() => () => void (this.#isGone = true));
	}

	/** True when it is saved. `save` tells why it was refused, or null. */
	async save(text: string, save: () => Promise<ApiProblem | null> | null): Promise<boolean> {
		// Enter, and right after it the field is left: once is enough.
		if (text === this.#sent) return false;
		this.#sent = text;
		const refusal = await save();
		// A later text has an answer of its own.
		if (this.#sent !== text) return false;
		this.#sent = null;
		this.refusal = refusal;
		if (refusal && this.#isGone) this.#app.announcer.say(errorLine(refusal), 'bad');
		return refusal === null;
	}
}
