import { markPictureKey } from '@counter-hub/shared/annotations/marks.ts';
import { untrack } from 'svelte';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { Marking, setMarking } from './Marking.svelte.ts';

/** While the view of a call is set up. */
export function setUpMarking(scene: CallScene): void {
	const marking = setMarking(new Marking(scene));
	$effect(() => marking.listen());
	// Marks are read once the timeline has its newest page: what comes after that is told.
	const isFed = $derived(scene.feed.events !== null);
	$effect(() => (isFed ? untrack(() => marking.follow()) : undefined));
	const picture = $derived(marking.hand.subject && markPictureKey(marking.hand.subject));
	// What is begun on one picture does not go over to the next.
	$effect(() => (picture === null ? undefined : () => marking.hand.giveUp()));
}
