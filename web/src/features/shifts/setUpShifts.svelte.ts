import { serves } from '@counter-hub/shared/people/Actor.ts';
import { onMount, untrack } from 'svelte';
import { actorOf } from '#platform/actorOf.ts';
import type { App } from '#platform/App.svelte.ts';
import { OwnShift, setOwnShift } from './OwnShift.svelte.ts';

/** Whoever sits at a window has a shift; another window has another check. */
export function setUpShifts(app: App): void {
	const own = setOwnShift(new OwnShift(app));
	const isServing = () => {
		const actor = actorOf(app.signIn.me);
		return actor !== null && serves(actor) && actor.counterId !== null;
	};
	const read = (windowId = own.windowId) => {
		if (isServing()) void own.read(windowId);
	};
	$effect(() => {
		const { windowId } = own;
		untrack(() => read(windowId));
	});
	onMount(() => {
		const stops = [
			app.hub.on('shift:changed', () => read()),
			app.hub.on('check:changed', () => read()),
			app.hub.on('fitness:changed', () => read()),
			app.hub.onConnect(() => read()),
		];
		return () => {
			for (const stop of stops) stop();
		};
	});
}
