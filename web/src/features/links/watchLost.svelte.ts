import type { App } from '#platform/App.svelte.ts';

/** Shorter interruptions are nobody's business. */
const GRACE_MS = 1_000;

/** Whether the hub has been away for longer than a blink. Call while a component is being made. */
export function watchLost({ hub }: App): { readonly isLost: boolean } {
	let isLost = $state(false);
	$effect(() => {
		if (hub.state === 'connected') return;
		const timer = setTimeout(() => (isLost = true), GRACE_MS);
		return () => {
			clearTimeout(timer);
			isLost = false;
		};
	});
	return {
		get isLost() {
			return isLost;
		},
	};
}
