import { onMount } from 'svelte';
import type { Feature } from '#Feature.ts';
import CounterFacts from './CounterFacts.svelte';
import { Presence, setPresence } from './Presence.svelte.ts';
import PresenceList from './PresenceList.svelte';

export const presence: Feature = {
	name: 'presence',
	signedIn(app) {
		const here = setPresence(new Presence(app));
		onMount(() => () => here.close());
	},
	deskFact: CounterFacts,
	deskPanels: [{ rank: 2, component: PresenceList }],
};
