import { untrack } from 'svelte';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { Papers, setPapers } from './Papers.svelte.ts';

export function setUpPapers(scene: CallScene): void {
	const papers = setPapers(new Papers(scene));

	const track = $derived(scene.media.own.document);
	const streamId = $derived(scene.media.state.local.find(({ source }) => source === 'document')?.id);
	const isWatched = $derived(scene.media.documentWatched && !scene.media.muted.document && !scene.media.lost);
	$effect(() => {
		const { client } = scene.media;
		if (!track || streamId === undefined || !isWatched) return;
		return untrack(() => papers.own.watch(track, client, streamId));
	});

	const others = $derived(
		scene.media.video
			.filter(({ source }) => source === 'document')
			.map(({ id }) => id)
			.join(' '),
	);
	$effect(() => {
		// Entering a room anew makes another one.
		const { client } = scene.media;
		const ids = others.split(' ').filter((id) => id !== '');
		return untrack(() => papers.followOthers(client, ids));
	});

	$effect(() => {
		scene.stage.paperNo = papers.paper;
	});
	$effect(() => {
		scene.stage.crisp = papers.crisp;
		return () => (scene.stage.crisp = null);
	});
}
