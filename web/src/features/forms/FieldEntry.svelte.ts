import { takeValue, type Refusal } from '@counter-hub/shared/forms/fieldKinds.ts';
import { isTable, type Place } from '@counter-hub/shared/forms/fieldPaths.ts';
import type { FieldView } from '@counter-hub/shared/forms/forms.ts';
import { takeRows } from '@counter-hub/shared/forms/tableRows.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';

/** After the last key; the hub and whoever looks on are told then. */
const SAVE_AFTER_MS = 400;

const EMPTY: FieldView = { value: '', revision: 0, masked: false };

/** How a field is kept: what an entry needs of its form. */
export interface FieldKeeping {
	/** Writes the field, until that is known; answers with what stands there now. */
	readonly write: (
		path: string,
		value: string,
		basedOn: number,
	) => Promise<{ value: string; revision: number }>;
	/** Reads what others wrote meanwhile; the entry is told by `learn`. */
	readonly readAgain: () => Promise<void>;
	/** A change is safe with the hub. */
	readonly saved: () => void;
}

/**
 * One field of a form as this page has it. What is typed is sent when the keys rest, one change after the other, each
 * based on what the page knew; where somebody else was faster, both stand side by side until the person has chosen.
 */
export class FieldEntry {
	readonly place: Place;
	/** As it stands in the control. */
	text = $state('');
	/** As it stands at the hub, as far as this page knows. */
	known = $state.raw<FieldView>(EMPTY);
	/** What somebody else wrote while this was being changed here. */
	theirs = $state.raw<FieldView | null>(null);
	/** What keeps the text from being sent. */
	refusal = $state<Refusal | null>(null);
	/** Why the hub did not take it. */
	problem = $state.raw<ApiProblem | null>(null);
	/** The person has left the field once: now it may be called missing or unfinished. */
	left = $state(false);
	sending = $state(false);
	#composing = $state(false);
	readonly #keeping: FieldKeeping;
	/** Came while a change was on its way: it may be that very change. */
	#heard: FieldView | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(place: Place, keeping: FieldKeeping) {
		this.place = place;
		this.#keeping = keeping;
	}

	/** What of the text would be written. */
	readonly value = $derived.by(() => this.#taken(this.text));
	/** There is something here that the hub does not have. */
	readonly dirty = $derived(this.#composing || this.value !== this.known.value);

	get path(): string {
		return this.place.path;
	}

	typed(text: string): void {
		this.text = text;
		this.problem = null;
		this.refusal = refusalOf(this.place, text);
		this.#later(SAVE_AFTER_MS);
	}

	/** Chosen, not typed: there is no next key to wait for. */
	chose(text: string): void {
		this.typed(text);
		void this.flush();
	}

	/** An input method composes: nothing is sent, and nothing is rewritten. */
	compose(isComposing: boolean): void {
		this.#composing = isComposing;
		if (isComposing) clearTimeout(this.#timer);
		else this.#later(SAVE_AFTER_MS);
	}

	leave(): void {
		this.left = true;
		void this.flush();
	}

	/** Sends what is there now; resolves when that is known to be safe, or refused. */
	async flush(): Promise<void> {
		clearTimeout(this.#timer);
		await this.#save();
	}

	/** What stands at the hub. What is being changed here is not rewritten by it. */
	learn(view: FieldView): void {
		if (this.sending) {
			if (!this.#heard || view.revision > this.#heard.revision) this.#heard = view;
			return;
		}
		if (view.revision < this.known.revision) return;
		if (!this.dirty || view.value === this.value) {
			this.#stands(view);
			if (!this.#composing && this.value !== view.value) this.text = view.value;
		} else if (view.revision > this.known.revision) {
			this.theirs = view;
			clearTimeout(this.#timer);
		}
	}

	/** Of two versions: this page's, written over the other one knowingly. */
	keepMine(): void {
		if (!this.theirs) return;
		this.#stands(this.theirs);
		void this.flush();
	}

	takeTheirs(): void {
		if (!this.theirs) return;
		const { theirs } = this;
		this.text = theirs.value;
		this.refusal = null;
		this.#stands(theirs);
	}

	#stands(view: FieldView): void {
		this.known = view;
		this.theirs = null;
		this.problem = null;
	}

	#later(ms: number): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#save(), ms);
	}

	async #save(): Promise<void> {
		if (this.sending || this.#composing || this.theirs || this.refusal || !this.dirty) return;
		const { value } = this;
		this.sending = true;
		let isOvertaken = false;
		try {
			this.#stands({ ...(await this.#keeping.write(this.path, value, this.known.revision)), masked: false });
			this.#keeping.saved();
		} catch (error) {
			const problem = ApiProblem.from(error);
			isOvertaken = problem.is('FORM-1204');
			if (!isOvertaken) this.problem = problem;
		} finally {
			this.sending = false;
		}
		const heard = this.#heard;
		this.#heard = null;
		if (heard && heard.revision > this.known.revision) this.learn(heard);
		else if (isOvertaken) await this.#keeping.readAgain();
		// Typed meanwhile.
		if (this.value !== value && !this.problem) this.#later(0);
	}

	#taken(text: string): string {
		const { field } = this.place;
		const taken = isTable(field) ? takeRows(field, text) : takeValue(field, text);
		return 'value' in taken ? taken.value : text;
	}
}

function refusalOf({ field }: Place, text: string): Refusal | null {
	const taken = isTable(field) ? takeRows(field, text) : takeValue(field, text);
	return 'refused' in taken ? taken.refused : null;
}
