import { firstCharacters } from '@counter-hub/shared/codes/characters.ts';
import { SHIFT_LIMITS } from '@counter-hub/shared/shifts/shiftTerms.ts';

const { least, most } = SHIFT_LIMITS.text;
const cut = firstCharacters(most);

/** A line that a dialog asks for: a reason, a note, what is said of a day. Cut to what the hub takes. */
export class Words {
	#text = $state('');
	/** Somebody has tried to go on: from here on it says what is missing. */
	tried = $state(false);
	readonly written = $derived(this.#text.trim());
	readonly isEmpty = $derived(this.written === '');
	readonly isShort = $derived(Array.from(this.written).length < least);

	get text(): string {
		return this.#text;
	}

	set text(typed: string) {
		this.#text = cut(typed);
	}

	clear(): void {
		this.#text = '';
		this.tried = false;
	}
}
