import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { m } from '#paraglide/messages.js';
import type { ReviewDesk } from './ReviewDesk.svelte.ts';
import { MATERIALS_PANEL } from './materialsPanel.ts';

/** The keys of a review work whichever panel is looked at: one reads a licence in another one, and decides. */
export function bindReviewKeys(scene: CallScene, desk: ReviewDesk): void {
	const { app } = scene;
	$effect(() => {
		if (scene.detail === null) return;
		const stepping = [
			{ keys: 'J', label: () => m.reviews_next(), run: () => desk.step(1), repeats: true },
			{ keys: 'K', label: () => m.reviews_previous(), run: () => desk.step(-1), repeats: true },
		];
		if (scene.duty !== 'permit') return app.keys.bind(stepping);
		const onCurrent = (work: (no: number) => unknown) => () => {
			const { current } = desk;
			if (current !== null) void work(current);
		};
		return app.keys.bind([
			...stepping,
			{ keys: 'Y', label: () => m.reviews_pass(), run: onCurrent((no) => desk.pass(no)) },
			{
				keys: 'X',
				label: () => m.reviews_fix(),
				run: onCurrent((no) => {
					scene.open(MATERIALS_PANEL);
					void desk.fix(no);
					desk.reasonsAsked = no;
				}),
			},
		]);
	});
}
