import type { CheckReminder } from '@counter-hub/shared/reminders/reminders.ts';
import { serves } from '@counter-hub/shared/people/Actor.ts';
import { createContext } from 'svelte';
import { actorOf } from '#platform/actorOf.ts';
import type { App } from '#platform/App.svelte.ts';
import { remindersApi } from './remindersApi.ts';

/** A check that is done elsewhere is not told to supervisors: they look so often while something is open. */
const LOOK_MS = 30_000;

/** Windows whose check is missed, as far as they concern whoever is signed in. */
export class OpenReminders {
	#all = $state.raw<readonly CheckReminder[]>([]);
	readonly #app: App;
	readonly #actor = $derived.by(() => actorOf(this.#app.signIn.me));
	readonly isServing = $derived(this.#actor !== null && serves(this.#actor));
	readonly isConcerned = $derived(this.isServing || this.#actor?.role === 'supervisor');
	/** Whoever sits at a window is reminded of it; without one, of all of the counter. */
	readonly list = $derived.by(() => {
		const own = this.#app.signIn.me?.window?.id;
		return this.#all.filter(({ windowId }) => !this.isServing || own === undefined || own === windowId);
	});

	constructor(app: App) {
		this.#app = app;
	}

	/** Begins to follow; returns what ends it. `onReminded`: somebody was reminded just now. */
	follow(onReminded: () => void): () => void {
		const { hub } = this.#app;
		const read = () => void this.read();
		const look = setInterval(() => {
			if (this.#all.length > 0) read();
		}, LOOK_MS);
		const stops = [
			hub.on('check:reminded', () => void this.read().then(onReminded)),
			hub.on('check:changed', read),
			hub.onConnect(read),
			() => clearInterval(look),
		];
		return () => {
			for (const stop of stops) stop();
		};
	}

	/** What was shown stays until an answer is there. */
	async read(): Promise<void> {
		try {
			this.#all = (await remindersApi.open(this.#app.api)).reminders;
		} catch {
			// The state of the connection is shown beside it; the next look tries again.
		}
	}
}

export const [getOpenReminders, setOpenReminders] = createContext<OpenReminders>();
