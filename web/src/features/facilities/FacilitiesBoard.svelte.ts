import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { CounterFacilities } from '@counter-hub/shared/facilities/facilities.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { facilitiesApi } from './facilitiesApi.ts';
import { SiteForm } from './SiteForm.svelte.ts';
import { WindowForm } from './WindowForm.svelte.ts';

/** A counter and what is being recorded of it. What was typed stays when another counter is looked at. */
export interface Entry {
	readonly counter: CounterFacilities;
	readonly site: SiteForm;
	/** In the order of their numbers. */
	readonly windows: readonly WindowForm[];
}

/** The facilities of the counters of a person's cities. */
export class FacilitiesBoard {
	entries = $state.raw<readonly Entry[] | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	readonly #app: App;

	constructor(app: App) {
		this.#app = app;
	}

	async read(): Promise<void> {
		this.problem = null;
		try {
			const counters = await facilitiesApi.read(this.#app.api);
			this.entries = counters.map((counter) => this.#entryOf(counter));
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}

	/** A counter as it is recorded now. */
	put(counter: CounterFacilities): void {
		this.entries = (this.entries ?? []).map((entry) =>
			entry.counter.counterId === counter.counterId ? this.#entryOf(counter) : entry,
		);
	}

	#entryOf(counter: CounterFacilities): Entry {
		const before = this.entries?.find((entry) => entry.counter.counterId === counter.counterId);
		const site = before?.site ?? new SiteForm(this.#app, counter, shanghaiDate(this.#app.clock.now));
		site.saved = counter.site;
		const windows = counter.windows.map((window) => {
			const form = before?.windows.find(({ saved }) => saved.windowId === window.windowId);
			if (!form) return new WindowForm(this.#app, counter.counterId, window);
			form.saved = window;
			return form;
		});
		return { counter, site, windows };
	}
}

export const isUnsaved = ({ site, windows }: Entry): boolean =>
	site.changed || windows.some(({ changed }) => changed);
