import { m } from '#paraglide/messages.js';
import type { KeyBinding } from '#platform/Keys.svelte.ts';
import type { GridKey } from './gridMove.ts';

interface Acts {
	move: (key: GridKey) => void;
	/** To the field with the day. */
	day: () => void;
	/** From the details back to the cell. */
	back: () => void;
}

/** Where arrows mean something else: in the details they scroll. */
const inDetails = (target: Element): boolean => target.closest('aside') !== null;

/** Keys of the matrix, as `?` lists them. */
export function matrixKeys({ move, day, back }: Acts): KeyBinding[] {
	const arrow = (keys: GridKey, shown: string | null): KeyBinding => ({
		keys,
		shown,
		label: m.links_keys_move,
		run: () => move(keys),
		repeats: true,
		unless: inDetails,
	});
	return [
		arrow('ArrowLeft', '← ↑ → ↓'),
		arrow('ArrowUp', null),
		arrow('ArrowRight', null),
		arrow('ArrowDown', null),
		arrow('Home', null),
		arrow('End', null),
		// A cell is a button, which does that by itself.
		{ keys: 'Enter', label: m.links_keys_open, run: () => undefined, unless: () => true },
		{ keys: 'D', label: m.links_keys_day, run: day },
		{
			keys: 'Escape',
			shown: 'Esc',
			label: m.links_keys_back,
			run: back,
			unless: (target) => !inDetails(target),
		},
	];
}
