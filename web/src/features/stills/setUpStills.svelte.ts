import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { setStillDesk, StillDesk } from './StillDesk.svelte.ts';

export function setUpStills(scene: CallScene): void {
	const desk = setStillDesk(new StillDesk(scene));
	$effect(() => desk.follow());
	// Entering a room anew makes another client.
	$effect(() => desk.hearFrom(scene.media.client));
}
