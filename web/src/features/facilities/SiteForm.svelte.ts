import type { CounterFacilities, SitePlace } from '@counter-hub/shared/facilities/facilities.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { CommandId } from '#platform/CommandId.ts';
import { facilitiesApi } from './facilitiesApi.ts';

/** Place and sign of one counter while they are edited. */
export class SiteForm {
	place = $state<SitePlace | ''>('');
	shown = $state<'yes' | 'no' | ''>('');
	lookedAt = $state('');
	busy = $state(false);
	tried = $state(false);
	problem = $state.raw<ApiProblem | null>(null);
	/** As it is recorded. */
	saved = $state.raw() as CounterFacilities['site'];
	readonly #app: App;
	readonly #counterId: string;
	readonly #command = new CommandId();
	/** Offered where nobody has looked yet. */
	readonly #today: string;

	constructor(app: App, { counterId, site }: Pick<CounterFacilities, 'counterId' | 'site'>, today: string) {
		this.#app = app;
		this.#counterId = counterId;
		this.#today = today;
		this.saved = site;
		this.reset();
	}

	readonly #before = $derived.by(() => {
		const { record } = this.saved;
		return {
			place: record?.place ?? ('' as const),
			shown: record === null ? ('' as const) : record.sign.shown ? ('yes' as const) : ('no' as const),
			lookedAt: record?.sign.lookedAt ?? this.#today,
		};
	});
	readonly changed = $derived(
		this.place !== this.#before.place ||
			this.shown !== this.#before.shown ||
			this.lookedAt !== this.#before.lookedAt,
	);

	/** Back to what is recorded. */
	reset(): void {
		const { place, shown, lookedAt } = this.#before;
		this.place = place;
		this.shown = shown;
		this.lookedAt = lookedAt;
		this.tried = false;
		this.problem = null;
	}

	/** @returns the counter with what was recorded, or null when something is to be corrected first */
	async submit(): Promise<CounterFacilities | null> {
		this.tried = true;
		if (this.busy || this.place === '' || this.shown === '') return null;
		this.busy = true;
		this.problem = null;
		const content = {
			version: this.saved.version,
			place: this.place,
			sign: { shown: this.shown === 'yes', lookedAt: this.lookedAt },
		};
		try {
			const commandId = this.#command.of(JSON.stringify(content));
			return await facilitiesApi.recordSite(this.#app.api, this.#counterId, { commandId, ...content });
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return null;
		} finally {
			this.busy = false;
		}
	}
}
