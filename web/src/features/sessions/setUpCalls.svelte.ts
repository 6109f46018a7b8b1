import { serves } from '@counter-hub/shared/people/Actor.ts';
import { onMount } from 'svelte';
import { goto } from '$app/navigation';
import { Devices } from '#features/media/Devices.ts';
import { setDevices } from '#features/media/sharedDevices.ts';
import { actorOf } from '#platform/actorOf.ts';
import type { App } from '#platform/App.svelte.ts';
import { CallController, setCall } from './CallController.svelte.ts';

/** The one call of the signed-in person, and the devices; calls are for those who serve at a counter. */
export function setUpCalls(app: App): void {
	const devices = setDevices(new Devices());
	const call = setCall(new CallController(app, devices, (path) => goto(path)));
	// Not an effect: what starting reads must not end the call when it changes.
	onMount(() => {
		const actor = actorOf(app.signIn.me);
		if (actor && serves(actor)) call.start();
		return () => {
			call.stop();
			devices.close();
		};
	});
}
