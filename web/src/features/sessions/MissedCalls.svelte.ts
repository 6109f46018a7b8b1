import { sessionPage, type SessionView } from '@counter-hub/shared/sessions/sessions.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';

const SHOWN = 8;
const SETTLED_MS = 1500;

/** Calls to this counter that nobody answered, newest first. */
export class MissedCalls {
	calls = $state.raw<readonly SessionView[] | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	/** Nobody has called back yet. */
	readonly open = $derived(this.calls?.filter((call) => !call.calledBack).length ?? 0);
	readonly #app: App;
	#settling: ReturnType<typeof setTimeout> | undefined;

	constructor(app: App) {
		this.#app = app;
	}

	/** Use in an effect: keeps the list up to date while it is on screen. */
	follow(): () => void {
		const stops = [
			this.#app.hub.on('session:changed', ({ session }) => {
				if (session.state === 'ended' || session.state === 'active') this.#take(session);
			}),
			() => clearTimeout(this.#settling),
			this.#app.hub.onConnect(() => void this.read()),
		];
		return () => {
			for (const stop of stops) stop();
		};
	}

	/** A call just missed is shown at once; the hub's list, which follows a moment later, has the last word. */
	#take(session: SessionView): void {
		const here = session.to.counterId === this.#app.signIn.me?.counter?.id;
		const known = this.calls?.some((call) => call.id === session.id) === true;
		if (session.outcome === 'missed' && here && this.calls && !known) {
			this.calls = [session, ...this.calls].slice(0, SHOWN);
		}
		clearTimeout(this.#settling);
		this.#settling = setTimeout(() => void this.read(), SETTLED_MS);
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
