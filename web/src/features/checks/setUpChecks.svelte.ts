import { serves } from '@counter-hub/shared/people/Actor.ts';
import { onMount, untrack } from 'svelte';
import { getLinkDuty } from '#features/links/LinkDuty.svelte.ts';
import { getDevices } from '#features/media/sharedDevices.ts';
import { actorOf } from '#platform/actorOf.ts';
import type { App } from '#platform/App.svelte.ts';
import { OwnChecks, setOwnChecks } from './OwnChecks.svelte.ts';

/** Whoever sits at a window checks it; another window is another check. */
export function setUpChecks(app: App): void {
	const duty = getLinkDuty();
	const checks = setOwnChecks(new OwnChecks(app, getDevices(), duty));
	const isAtWindow = () => {
		const actor = actorOf(app.signIn.me);
		return actor !== null && serves(actor);
	};
	$effect(() => {
		const { windowId } = checks;
		untrack(() => {
			if (isAtWindow()) void checks.read(windowId);
		});
	});
	duty.onUnchecked = () => void checks.read();
	onMount(() => {
		if (isAtWindow()) checks.start();
		return () => checks.stop();
	});
}
