import { sessionPage, type SessionView } from '@counter-hub/shared/sessions/sessions.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';

const SHOWN = 8;

/** Calls to this counter that nobody answered, newest first. */
export class MissedCalls {
	calls = $state.raw<readonly SessionView[] | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	/** Nobody has called back yet. */
	readonly open = $derived(this.calls?.filter((call) => !call.calledBack).length ?? 0);
	readonly #app: App;

	constructor(app: App) {
		this.#app = app;
	}

	/** Use in an effect: keeps the list up to date while it is on screen. */
	follow(): () => void {
		const stops = [
			this.#app.hub.on('session:changed', ({ session }) => {
				if (session.state === 'ended' || session.state === 'active') void this.read();
			}),
			this.#app.hub.onConnect(() => void this.read()),
		];
		return () => {
			for (const stop of stops) stop();
		};
	}

	async read(): Promise<void> {
		try {
			const page = await this.#app.api.get('/sessions/missed', sessionPage, { query: { limit: SHOWN } });
			this.calls = page.sessions;
			this.problem = null;
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}
}
