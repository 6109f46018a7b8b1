import { serves } from '@counter-hub/shared/people/Actor.ts';
import { onMount } from 'svelte';
import { getDevices } from '#features/media/sharedDevices.ts';
import { getCall } from '#features/sessions/CallController.svelte.ts';
import { actorOf } from '#platform/actorOf.ts';
import type { App } from '#platform/App.svelte.ts';
import { watchCalls } from './call/watchCalls.svelte.ts';
import { LinkDuty, setLinkDuty } from './LinkDuty.svelte.ts';

/** Whoever sits at a window measures; a call, also one that rings out, comes first. */
export function setUpLinks(app: App): void {
	const duty = setLinkDuty(new LinkDuty(app, getDevices()));
	const call = getCall();
	$effect(() => duty.engage(call.live));
	watchCalls(app, call);
	onMount(() => {
		const actor = actorOf(app.signIn.me);
		if (actor && serves(actor)) duty.start();
		return () => duty.stop();
	});
}
