import { createContext } from 'svelte';
import { Announcer } from './Announcer.svelte.ts';
import { Api } from './Api.ts';
import { BannerStack } from './BannerStack.svelte.ts';
import { HubSocket } from './HubSocket.svelte.ts';
import { Keys } from './Keys.svelte.ts';
import { Preferences } from './Preferences.svelte.ts';
import { ServerClock } from './ServerClock.svelte.ts';
import { Session } from './Session.svelte.ts';
import { WindowChoice } from './WindowChoice.ts';

/** What every part of the page may lean on. Made once by the root layout; components get it with `getApp()`. */
export class App {
	readonly preferences = new Preferences();
	readonly clock = new ServerClock();
	readonly session = new Session();
	readonly windowChoice = new WindowChoice();
	readonly hub = new HubSocket(this.session, () =>
		this.windowChoice.of(this.session.me?.counter?.id ?? null),
	);
	readonly api = new Api(this.session, (signal) => this.hub.whenReachable(signal));
	readonly keys = new Keys(this.preferences);
	readonly banners = new BannerStack();
	readonly announcer = new Announcer();

	/** Returns to the sign-in that this tab has, and tries again when the hub was out of reach. */
	async start(): Promise<void> {
		await this.session.start();
		if (this.session.me) this.clock.set(this.session.me.serverTime);
	}
}

export const [getApp, setApp] = createContext<App>();
