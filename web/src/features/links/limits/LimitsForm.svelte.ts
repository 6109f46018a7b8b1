import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { LINK_LIMITS } from '@counter-hub/shared/links/linkTerms.ts';
import type { LinkLimitsOfCity } from '@counter-hub/shared/links/matrix.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { CommandId } from '#platform/CommandId.ts';
import { linksApi } from '../linksApi.ts';
import { readLimits, textsOf, type LimitTexts } from './limitTexts.ts';

/** The limits of one city, as they stand and as they are being changed. */
export class LimitsForm {
	/** Null until they are read. */
	saved = $state.raw<LinkLimitsOfCity | null>(null);
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
		this.saved !== null && JSON.stringify(this.texts) !== JSON.stringify(textsOf(this.saved.limits)),
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
		const { read, saved } = this;
		if (read.faults || saved === null || this.busy) return false;
		this.busy = true;
		this.problem = null;
		try {
			const content = { version: saved.version, limits: read.limits };
			const commandId = this.#command.of(JSON.stringify(content));
			this.#put(await linksApi.setLimits(this.#app.api, this.#city, { commandId, ...content }));
			this.#command.settle();
			return true;
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return false;
		} finally {
			this.busy = false;
		}
	}

	#put(saved: LinkLimitsOfCity): void {
		this.saved = saved;
		this.texts = textsOf(saved.limits);
	}
}
