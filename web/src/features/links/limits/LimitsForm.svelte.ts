import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { LINK_LIMITS, type LinkLimits } from '@counter-hub/shared/links/linkTerms.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { CommandId } from '#platform/CommandId.ts';
import { linksApi } from '../linksApi.ts';
import { readLimits, textsOf, type LimitTexts } from './limitTexts.ts';

/** The limits of one city, as they stand and as they are being changed. */
export class LimitsForm {
	/** Null until they are read. */
	saved = $state.raw<LinkLimits | null>(null);
	texts = $state<LimitTexts>(textsOf(LINK_LIMITS));
	problem = $state.raw<ApiProblem | null>(null);
	busy = $state(false);
	readonly #city: CityCode;
	readonly #app: App;
	readonly #command = new CommandId();

	constructor(app: App, city: CityCode) {
		this.#app = app;
		this.#city = city;
	}

	readonly read = $derived(readLimits(this.texts));
	readonly isChanged = $derived(
		this.saved !== null && JSON.stringify(this.texts) !== JSON.stringify(textsOf(this.saved)),
	);

	async load(): Promise<void> {
		this.problem = null;
		try {
			this.#put(await linksApi.limits(this.#app.api, this.#city));
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}

	fillDefaults(): void {
		this.texts = textsOf(LINK_LIMITS);
	}

	/** @returns whether they stand now */
	async save(): Promise<boolean> {
		const { read } = this;
		if (read.faults || this.busy) return false;
		this.busy = true;
		this.problem = null;
		try {
			const { limits } = read;
			const commandId = this.#command.of(JSON.stringify(limits));
			this.#put(await linksApi.setLimits(this.#app.api, this.#city, { commandId, limits }));
			this.#command.settle();
			return true;
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return false;
		} finally {
			this.busy = false;
		}
	}

	#put(limits: LinkLimits): void {
		this.saved = limits;
		this.texts = textsOf(limits);
	}
}
