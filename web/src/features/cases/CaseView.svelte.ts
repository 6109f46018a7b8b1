import type { CaseDetail } from '@counter-hub/shared/cases/cases.ts';
import { untrack } from 'svelte';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { casesApi } from './casesApi.ts';

const GATHER_MS = 250;

/** One case as its page shows it; read again when the case or a session of it changes. */
export class CaseView {
	detail = $state.raw<CaseDetail | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	readonly #app: App;
	readonly #caseId: string;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(app: App, caseId: string) {
		this.#app = app;
		this.#caseId = caseId;
	}

	follow(): () => void {
		const later = (caseId: string) => {
			if (caseId !== this.#caseId) return;
			clearTimeout(this.#timer);
			this.#timer = setTimeout(() => void this.read(), GATHER_MS);
		};
		let first = true;
		const stops = [
			this.#app.hub.on('case:changed', ({ caseId }) => later(caseId)),
			this.#app.hub.on('session:changed', ({ session }) => later(session.caseId)),
			this.#app.hub.onConnect(() => {
				if (!first) later(this.#caseId);
				first = false;
			}),
		];
		untrack(() => void this.read());
		return () => {
			clearTimeout(this.#timer);
			for (const stop of stops) stop();
		};
	}

	/** Keeps what is shown when a later reading fails. */
	async read(): Promise<void> {
		try {
			this.detail = await casesApi.read(this.#app.api, this.#caseId);
			this.problem = null;
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}
}
