import { FORM_TOPIC, formSaying, type FormSaying } from '@counter-hub/shared/forms/forms.ts';
import type { MediaClient } from '#features/media/MediaClient.ts';

/** A field of a form that the other side is at. */
export interface OtherAt {
	readonly formId: string;
	readonly path: string;
}

/** Said again so often while somebody writes in a field: a word on the volatile line may be lost. */
const AGAIN_MS = 1_000;
/** Nothing was heard for so long: nobody writes there any more. */
const FORGET_MS = 3_500;
/** From one field to the next: two words in one breath, of which the line would lose the second. */
const NEXT_MS = 200;
const POINTED_MS = 6_000;

/** What the two sides of a call say of a form beside the pictures: where somebody writes, and which field is meant. */
export class FormLine {
	/** Where the other side is writing. */
	writing = $state.raw<OtherAt | null>(null);
	/** Which field the other side points at. */
	pointed = $state.raw<OtherAt | null>(null);
	readonly #client: () => MediaClient;
	readonly #onPointed: () => void;
	#again: ReturnType<typeof setInterval> | undefined;
	#next: ReturnType<typeof setTimeout> | undefined;
	#forget: ReturnType<typeof setTimeout> | undefined;
	#fade: ReturnType<typeof setTimeout> | undefined;

	constructor(client: () => MediaClient, onPointed: () => void) {
		this.#client = client;
		this.#onPointed = onPointed;
	}

	/** Hears the other side; returns how to hear no more. */
	hear(client: MediaClient): () => void {
		return client.onSaid(({ topic, data }) => {
			const said = topic === FORM_TOPIC ? formSaying.safeParse(data) : null;
			if (said?.success === true) this.#heard(said.data);
		});
	}

	/** This person writes in a field; null: in none any more. */
	write(formId: string, path: string | null): void {
		clearInterval(this.#again);
		clearTimeout(this.#next);
		const say = () => this.#say({ what: 'writing', formId, path });
		if (path === null) {
			this.#next = setTimeout(say, NEXT_MS);
			return;
		}
		say();
		this.#again = setInterval(say, AGAIN_MS);
	}

	point(formId: string, path: string): void {
		this.#say({ what: 'pointing', formId, path });
	}

	close(): void {
		for (const timer of [this.#again, this.#next, this.#forget, this.#fade]) clearTimeout(timer);
	}

	#say(saying: FormSaying): void {
		this.#client().say(FORM_TOPIC, saying);
	}

	#heard({ what, formId, path }: FormSaying): void {
		const at = path === null ? null : { formId, path };
		if (what === 'writing') {
			const same = at?.path === this.writing?.path && at?.formId === this.writing?.formId;
			if (!same) this.writing = at;
			clearTimeout(this.#forget);
			this.#forget = setTimeout(() => (this.writing = null), FORGET_MS);
			return;
		}
		if (at === null) return;
		this.pointed = at;
		clearTimeout(this.#fade);
		this.#fade = setTimeout(() => (this.pointed = null), POINTED_MS);
		this.#onPointed();
	}
}
