import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import {
	signInName,
	type CounterView,
	type Role,
	type StaffView,
} from '@counter-hub/shared/people/people.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { CommandId } from '#platform/CommandId.ts';
import { m } from '#paraglide/messages.js';
import { peopleApi } from './peopleApi.ts';

interface Saved {
	staff: StaffView;
	password: string | null;
}

/** Fields of one person; creates or changes. A clerk or approver belongs to a counter, the others to cities. */
export class StaffForm {
	readonly staff: StaffView | null;
	name = $state('');
	displayName = $state('');
	role = $state<Role>('clerk');
	counterId = $state('');
	cities = $state.raw<readonly CityCode[]>([]);
	busy = $state(false);
	problem = $state.raw<ApiProblem | null>(null);
	tried = $state(false);
	readonly #app: App;
	readonly #command = new CommandId();

	constructor(app: App, staff: StaffView | null) {
		this.#app = app;
		this.staff = staff;
		if (!staff) return;
		this.name = staff.name;
		this.displayName = staff.displayName;
		this.role = staff.role;
		this.counterId = staff.counterId ?? '';
		this.cities = staff.cities;
	}

	readonly atCounter = $derived(this.role === 'clerk' || this.role === 'approver');
	readonly nameError = $derived(
		this.name !== '' || this.tried
			? signInName.safeParse(this.name).success
				? undefined
				: m.people_form_nameBad()
			: undefined,
	);
	readonly displayNameError = $derived(
		this.tried && this.displayName.trim() === '' ? m.counters_missing() : undefined,
	);
	readonly placeError = $derived.by(() => {
		if (!this.tried) return undefined;
		if (this.atCounter) return this.counterId === '' ? m.people_form_counterChoose() : undefined;
		return this.cities.length === 0 ? m.people_form_citiesMissing() : undefined;
	});

	toggleCity(code: CityCode, on: boolean): void {
		this.cities = on ? [...this.cities, code] : this.cities.filter((city) => city !== code);
	}

	/** @returns what was saved (with the one-time password of a new person), or null when something is wrong */
	async submit(counters: readonly CounterView[]): Promise<Saved | null> {
		this.tried = true;
		this.problem = null;
		if (
			this.busy ||
			this.nameError !== undefined ||
			this.displayNameError !== undefined ||
			this.placeError !== undefined
		) {
			return null;
		}
		const counter = counters.find(({ id }) => id === this.counterId);
		const post = {
			role: this.role,
			cities: this.atCounter ? (counter ? [counter.cityCode] : []) : [...this.cities],
			counterId: this.atCounter ? this.counterId : null,
		};
		this.busy = true;
		try {
			const { api } = this.#app;
			if (!this.staff) {
				const person = { name: this.name, displayName: this.displayName, ...post };
				const commandId = this.#command.of(JSON.stringify(person));
				return await peopleApi.create(api, { commandId, ...person });
			}
			const { id, version } = this.staff;
			return {
				staff: await peopleApi.update(api, id, { version, displayName: this.displayName, post }),
				password: null,
			};
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return null;
		} finally {
			this.busy = false;
		}
	}
}
