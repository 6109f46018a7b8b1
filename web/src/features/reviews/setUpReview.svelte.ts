import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { getStillDesk } from '#features/stills/StillDesk.svelte.ts';
import { bindReviewKeys } from './reviewKeys.svelte.ts';
import { ReviewDesk, setReviewDesk } from './ReviewDesk.svelte.ts';

export function setUpReview(scene: CallScene): void {
	const desk = setReviewDesk(new ReviewDesk(scene, getStillDesk()));
	$effect(() => desk.follow());
	const isThere = $derived(scene.detail !== null);
	$effect(() => {
		if (isThere) void desk.prepare();
	});
	bindReviewKeys(scene, desk);
	// Stills and marks on the live paper are filed under what is called up.
	$effect(() => {
		scene.materialNo = desk.called;
	});
}
