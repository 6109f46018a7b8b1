import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { CounterView } from '@counter-hub/shared/people/people.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { CommandId } from '#platform/CommandId.ts';
import { countersApi } from './countersApi.ts';

const TEXTS = ['name', 'centreName', 'managingBody', 'managingPerson', 'address', 'phone'] as const;
export type CounterText = (typeof TEXTS)[number];
const required = (field: CounterText) => field === 'name' || field === 'centreName';

/** The texts of one counter (S4.1); creates it or changes it. */
export class CounterForm {
	static readonly fields = TEXTS;
	values = $state<Record<CounterText, string>>({
		name: '',
		centreName: '',
		managingBody: '',
		managingPerson: '',
		address: '',
		phone: '',
	});
	cityCode = $state<CityCode>('');
	windows = $state('1');
	busy = $state(false);
	tried = $state(false);
	problem = $state.raw<ApiProblem | null>(null);
	readonly counter: CounterView | null;
	readonly #app: App;
	readonly #command = new CommandId();

	constructor(app: App, counter: CounterView | null) {
		this.#app = app;
		this.counter = counter;
		if (counter) for (const field of TEXTS) this.values[field] = counter[field];
	}

	readonly changed = $derived(TEXTS.some((field) => this.values[field] !== (this.counter?.[field] ?? '')));

	missing(field: CounterText): boolean {
		return this.tried && required(field) && this.values[field].trim() === '';
	}

	/** @returns the counter as saved, or null when something is to be corrected first */
	async submit(): Promise<CounterView | null> {
		this.tried = true;
		this.problem = null;
		const incomplete = TEXTS.some((field) => this.missing(field)) || (!this.counter && this.cityCode === '');
		if (this.busy || incomplete) return null;
		this.busy = true;
		try {
			return await this.#save();
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return null;
		} finally {
			this.busy = false;
		}
	}

	#save(): Promise<CounterView> {
		const { api } = this.#app;
		if (this.counter) {
			return countersApi.update(api, this.counter.id, { version: this.counter.version, ...this.values });
		}
		if (this.cityCode === '') throw new RangeError('a new counter needs a city');
		const counter = { ...this.values, cityCode: this.cityCode, windows: Number(this.windows) };
		return countersApi.create(api, { commandId: this.#command.of(JSON.stringify(counter)), ...counter });
	}
}
