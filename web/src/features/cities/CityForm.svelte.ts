import { cityCode, type City } from '@counter-hub/shared/cities/cities.ts';
import { CITY_LIMITS } from '@counter-hub/shared/cities/register.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { allCities } from '#platform/cities.ts';
import { CommandId } from '#platform/CommandId.ts';
import { citiesApi } from './citiesApi.ts';

type Text = 'code' | 'letters' | 'zh' | 'en' | 'place';

/** One city's entry; registers it or changes it. */
export class CityForm {
	values = $state<Record<Text, string>>({ code: '', letters: '', zh: '', en: '', place: '' });
	busy = $state(false);
	tried = $state(false);
	problem = $state.raw<ApiProblem | null>(null);
	/** Null: a new city. */
	readonly city: City | null;
	readonly #app: App;
	readonly #command = new CommandId();

	constructor(app: App, city: City | null) {
		this.#app = app;
		this.city = city;
		const place = city?.place ?? Math.max(0, ...allCities().map((one) => one.place)) + 1;
		this.values = {
			code: city?.code ?? '',
			letters: city?.letters ?? '',
			zh: city?.zh ?? '',
			en: city?.en ?? '',
			place: String(Math.min(place, CITY_LIMITS.place)),
		};
	}

	/** Whether what stands in a field cannot be sent. */
	isWrong(field: Text): boolean {
		const text = this.values[field].trim();
		if (field === 'code') return this.city === null && !cityCode.safeParse(text).success;
		if (field === 'letters') return this.city === null && !/^[A-Z]{2}$/i.test(text);
		if (field === 'place') return !/^[1-9]\d{0,2}$/.test(text);
		return text === '';
	}

	/** @returns the city as it stands in the register now, or null when something is to be corrected first */
	async submit(): Promise<City | null> {
		this.tried = true;
		this.problem = null;
		if (this.busy || Object.keys(this.values).some((field) => this.isWrong(field as Text))) return null;
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

	#save(): Promise<City> {
		const { code, letters, zh, en, place } = this.values;
		const entry = { zh: zh.trim(), en: en.trim(), place: Number(place) };
		if (this.city) {
			const body = { ...entry, version: this.city.version };
			const commandId = this.#command.of(JSON.stringify(body));
			return citiesApi.change(this.#app.api, this.city.code, { commandId, ...body });
		}
		const body = { ...entry, code: code.trim(), letters: letters.trim().toUpperCase() };
		return citiesApi.register(this.#app.api, { commandId: this.#command.of(JSON.stringify(body)), ...body });
	}
}
