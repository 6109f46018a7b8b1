import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { m } from '#paraglide/messages.js';
import { CallGuide } from './CallGuide.svelte.ts';

const guides = new WeakMap<CallScene, CallGuide>();

/** The guide of a call; there from the moment in which the call is shown. */
export function callGuideOf(scene: CallScene): CallGuide {
	const known = guides.get(scene) ?? new CallGuide(scene);
	guides.set(scene, known);
	return known;
}

export function setUpGuide(scene: CallScene): void {
	const { news } = callGuideOf(scene);
	$effect(() => news.follow());
	$effect(() => () => news.close());
	$effect(() =>
		scene.app.keys.bind([{ keys: 'G', label: () => m.guides_openPanel(), run: () => scene.open('guide') }]),
	);
}
