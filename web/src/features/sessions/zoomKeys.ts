import { m } from '#paraglide/messages.js';
import type { KeyBinding } from '#platform/Keys.svelte.ts';
import type { StageZoom } from './StageZoom.svelte.ts';

/** Keys that move what is on the stage nearer, about and round. */
export function zoomKeys(zoom: StageZoom): KeyBinding[] {
	const pan = (keys: string, shown: string | null, right: number, down: number): KeyBinding => ({
		keys,
		shown,
		label: () => m.call_pan(),
		run: () => zoom.step(right, down),
		repeats: true,
	});
	return [
		{ keys: '+', label: () => m.call_zoom_in(), run: zoom.in, repeats: true },
		{ keys: '=', shown: null, label: () => m.call_zoom_in(), run: zoom.in, repeats: true },
		{ keys: '-', shown: '−', label: () => m.call_zoom_out(), run: zoom.out, repeats: true },
		{ keys: '0', label: () => m.call_zoom_fit(), run: zoom.fit },
		{ keys: '1', label: () => m.call_zoom_actual(), run: zoom.actual },
		{ keys: 'Shift+R', label: () => m.call_turn(), run: zoom.turn },
		pan('ArrowLeft', '← ↑ → ↓', -1, 0),
		pan('ArrowRight', null, 1, 0),
		pan('ArrowUp', null, 0, -1),
		pan('ArrowDown', null, 0, 1),
	];
}
