import { createContext } from 'svelte';
import { Announcer } from './Announcer.svelte.ts';
import { Api } from './Api.ts';
import { BannerStack } from './BannerStack.svelte.ts';
import { CityRegister } from './CityRegister.svelte.ts';
import type { HubListener } from './exchange.ts';
import { HubSocket } from './HubSocket.svelte.ts';
import { Keys } from './Keys.svelte.ts';
import { PageVersion } from './PageVersion.svelte.ts';
import { Preferences } from './Preferences.svelte.ts';
import { ServerClock } from './ServerClock.svelte.ts';
import { SignIn } from './SignIn.svelte.ts';
import { WindowChoice } from './WindowChoice.ts';

/** What every part of the page may lean on. Made once by the root layout; components get it with `getApp()`. */
export class App {
	readonly preferences = new Preferences();
	readonly clock = new ServerClock();
	readonly version = new PageVersion();
	readonly #hears: HubListener = (header, sentAt, receivedAt) => {
		this.clock.hear(header.time, sentAt, receivedAt);
		this.version.hear(header);
	};
	readonly cities = new CityRegister(this.#hears);
	readonly signIn = new SignIn(this.#hears);
	readonly windowChoice = new WindowChoice();
	readonly hub = new HubSocket(this.signIn, () => this.windowChoice.of(this.signIn.me?.counter?.id ?? null));
	readonly api = new Api(this.signIn, this.#hears, (signal) => this.hub.whenReachable(signal));
	readonly keys = new Keys(this.preferences);
	readonly banners = new BannerStack();
	readonly announcer = new Announcer();

	constructor() {
		this.hub.on('hub:rules', (rules) => this.version.hear(rules));
		this.hub.onConnect(() => void this.#askTime());
		// With a new city the person's post may have become another one.
		this.cities.follow(this.hub, () => void this.signIn.load().catch(() => undefined));
	}

	/** Loads what every page needs and returns to the sign-in that this tab has; again when the hub was out of reach. */
	async start(): Promise<void> {
		await Promise.all([this.cities.load(), this.signIn.start()]);
	}

	/** After each connect: the PC may have slept. */
	async #askTime(): Promise<void> {
		const sentAt = performance.now();
		const answer = await this.hub.request('hub:time', {}).catch(() => null);
		if (answer) this.clock.hear(answer.time, sentAt, performance.now());
	}
}

export const [getApp, setApp] = createContext<App>();
