import { untrack } from 'svelte';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { ReadingDesk, setReadingDesk } from './ReadingDesk.svelte.ts';

export function setUpReading(scene: CallScene): void {
	const desk = setReadingDesk(new ReadingDesk(scene));
	$effect(() => desk.follow());
	const isReady = $derived(
		desk.stillId !== null && desk.src !== null && scene.detail !== null && desk.decided !== null,
	);
	$effect(() => {
		// What is shown is read; another one on the stage ends that.
		const { stillId } = desk;
		if (isReady && stillId !== null) return untrack(() => desk.shown());
	});
}
