import type { CheckMinimumOfCity } from '@counter-hub/shared/checks/checks.ts';
import { CHECK_MINIMUM } from '@counter-hub/shared/checks/items.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { CommandId } from '#platform/CommandId.ts';
import { checksApi } from '../checksApi.ts';
import { readMinimum, textsOf, type MinimumTexts } from './minimumTexts.ts';

/** What one city asks of its devices, as it stands and as it is being changed. */
export class MinimumForm {
	/** Null until it is read. */
	saved = $state.raw<CheckMinimumOfCity | null>(null);
	texts = $state<MinimumTexts>(textsOf(CHECK_MINIMUM));
	problem = $state.raw<ApiProblem | null>(null);
	busy = $state(false);
	readonly #city: CityCode;
	readonly #app: App;
	readonly #command = new CommandId();

	constructor(app: App, city: CityCode) {
		this.#app = app;
		this.#city = city;
	}

	readonly read = $derived(readMinimum(this.texts));
	readonly isChanged = $derived(
		this.saved !== null && JSON.stringify(this.texts) !== JSON.stringify(textsOf(this.saved.minimum)),
	);

	async load(): Promise<void> {
		this.problem = null;
		try {
			this.#put(await checksApi.minimum(this.#app.api, this.#city));
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}

	fillDefaults(): void {
		this.texts = textsOf(CHECK_MINIMUM);
	}

	/** @returns whether it stands now */
	async save(): Promise<boolean> {
		const { read, saved } = this;
		if (read.faults || saved === null || this.busy) return false;
		this.busy = true;
		this.problem = null;
		try {
			const content = { version: saved.version, minimum: read.minimum };
			const commandId = this.#command.of(JSON.stringify(content));
			this.#put(await checksApi.setMinimum(this.#app.api, this.#city, { commandId, ...content }));
			this.#command.settle();
			return true;
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return false;
		} finally {
			this.busy = false;
		}
	}

	#put(saved: CheckMinimumOfCity): void {
		this.saved = saved;
		this.texts = textsOf(saved.minimum);
	}
}
