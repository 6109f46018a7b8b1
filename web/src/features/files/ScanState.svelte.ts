import type { Scanning } from '@counter-hub/shared/files/scanning.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { filesApi } from './filesApi.ts';

/** How files are looked at before they are kept, as it is now; administrators change it while people work. */
export class ScanState {
	scanning = $state.raw<Scanning | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	readonly #app: App;

	constructor(app: App) {
		this.#app = app;
	}

	/** Reads it, at each connection anew, and hears of changes; returns how to stop. */
	follow(): () => void {
		const stops = [
			this.#app.hub.on('scanning:changed', (scanning) => (this.scanning = scanning)),
			this.#app.hub.onConnect(() => void this.read()),
		];
		return () => {
			for (const stop of stops) stop();
		};
	}

	async read(): Promise<void> {
		this.problem = null;
		try {
			this.scanning = await filesApi.scanning(this.#app.api);
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}
}
