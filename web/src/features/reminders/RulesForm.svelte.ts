import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import {
	reminderRules,
	type ReminderRules,
	type ReminderRulesOfCity,
} from '@counter-hub/shared/reminders/reminders.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { CommandId } from '#platform/CommandId.ts';
import { remindersApi } from './remindersApi.ts';

/** When a city reminds, as it is being written. */
export class RulesForm {
	saved = $state.raw<ReminderRulesOfCity | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	busy = $state(false);
	clerk = $state('');
	supervisor = $state('');
	readonly #app: App;
	readonly #city: CityCode;
	readonly #command = new CommandId();
	/** Null: what is written cannot be saved. */
	readonly rules = $derived.by((): ReminderRules | null => {
		const read = (text: string) => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : NaN);
		const parsed = reminderRules.safeParse({
			clerkMinutes: read(this.clerk),
			supervisorMinutes: read(this.supervisor),
		});
		return parsed.success ? parsed.data : null;
	});
	readonly isChanged = $derived(
		this.saved !== null &&
			(this.clerk !== String(this.saved.rules.clerkMinutes) ||
				this.supervisor !== String(this.saved.rules.supervisorMinutes)),
	);

	constructor(app: App, city: CityCode) {
		this.#app = app;
		this.#city = city;
	}

	async load(): Promise<void> {
		try {
			this.#take(await remindersApi.rules(this.#app.api, this.#city));
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}

	/** Returns whether it was saved. */
	async save(): Promise<boolean> {
		const { saved, rules } = this;
		if (!saved || !rules || this.busy) return false;
		this.busy = true;
		try {
			const commandId = this.#command.of(JSON.stringify([saved.version, rules]));
			const body = { commandId, version: saved.version, rules };
			this.#take(await remindersApi.setRules(this.#app.api, this.#city, body));
			return true;
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return false;
		} finally {
			this.busy = false;
		}
	}

	#take(saved: ReminderRulesOfCity): void {
		this.saved = saved;
		this.problem = null;
		this.clerk = String(saved.rules.clerkMinutes);
		this.supervisor = String(saved.rules.supervisorMinutes);
	}
}
