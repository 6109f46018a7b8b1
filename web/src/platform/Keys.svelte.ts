import { Additions } from './Additions.svelte.ts';
import type { Preferences } from './Preferences.svelte.ts';

export interface KeyBinding {
	/** As people read it: `F4`, `Ctrl+Enter`, `/`, `Shift+R`. */
	keys: string;
	/** As the list of keys shows it; null leaves it out there (a second key for the same). */
	shown?: string | null;
	/** What it does, in the language of the moment. */
	label: () => string;
	run: () => void;
	/** Also while typing in a text field (function keys and Ctrl combinations always do). */
	whileTyping?: boolean;
	/** Again and again while the key is held; otherwise once. */
	repeats?: boolean;
	/** Leaves the key to what has the focus, for example Enter on a link. */
	unless?: (target: Element) => boolean;
}

/** Every key that does something now; `?` lists them. Letters stay silent while somebody types. */
export class Keys {
	readonly #bindings = new Additions<KeyBinding>();
	readonly #preferences: Preferences;

	constructor(preferences: Preferences) {
		this.#preferences = preferences;
	}

	/** One for each key: the last one bound wins. */
	get bindings(): readonly KeyBinding[] {
		return [...new Map(this.#bindings.all.map((one) => [one.keys, one])).values()];
	}

	/** Use in an effect: `$effect(() => app.keys.bind([...]))`. The last one bound wins. */
	bind(bindings: readonly KeyBinding[]): () => void {
		return this.#bindings.add(bindings);
	}

	/** Does what a key does, for a menu entry that stands for it. */
	press(keys: string): void {
		this.bindings.find((binding) => binding.keys === keys)?.run();
	}

	handle(event: KeyboardEvent): void {
		if (event.defaultPrevented) return;
		// Browsers press a button again and again while Enter is held on it.
		if (event.repeat && event.key === 'Enter' && isButton(event.target)) event.preventDefault();
		const pressed = nameOf(event);
		const single = Array.from(event.key).length === 1 && !event.ctrlKey && !event.altKey;
		if (single && (!this.#preferences.singleKeys || isTyping(event.target))) return;
		const inDialog = document.querySelector('dialog[open]') !== null;
		const binding = this.bindings.find((candidate) => candidate.keys === pressed);
		if (!binding || inDialog) return;
		if (event.target instanceof Element && binding.unless?.(event.target) === true) return;
		if (event.key.startsWith('Arrow') && event.target instanceof HTMLInputElement) return;
		if (isTyping(event.target) && !(event.ctrlKey || /^F\d+$/.test(pressed) || binding.whileTyping === true))
			return;
		event.preventDefault();
		if (!event.repeat || binding.repeats === true) binding.run();
	}
}

function nameOf(event: KeyboardEvent): string {
	const letter = /^[a-z]$/i.test(event.key);
	const key = letter ? event.key.toUpperCase() : event.key;
	const shift = event.shiftKey && (letter || event.key.length > 1);
	return [event.ctrlKey && 'Ctrl', event.altKey && 'Alt', shift && 'Shift', key].filter(Boolean).join('+');
}

function isTyping(target: EventTarget | null): boolean {
	return (
		target instanceof HTMLTextAreaElement ||
		target instanceof HTMLSelectElement ||
		(target instanceof HTMLElement && target.isContentEditable) ||
		(target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type))
	);
}

const isButton = (target: EventTarget | null): boolean =>
	target instanceof Element && target.closest('button, [role=button], summary') !== null;
