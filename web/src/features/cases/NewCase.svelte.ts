import type { Item } from '@counter-hub/shared/catalogue/catalogue.ts';
import { openCaseBody, type CaseDetail } from '@counter-hub/shared/cases/cases.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { CounterView } from '@counter-hub/shared/people/people.ts';
import { countersApi } from '#features/counters/countersApi.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { m } from '#paraglide/messages.js';
import { casesApi } from './casesApi.ts';
import { citizenIdHint, phoneHint, usccHint, type CodeHint } from './codeHints.ts';

type FieldName =
	'enterpriseName' | 'uscc' | 'personName' | 'citizenId' | 'phone' | 'itemNo' | 'permitCounterId';

/** The form of a new case: fields, what is wrong with each, and the one command it becomes. */
export class NewCase {
	enterpriseName = $state('');
	uscc = $state('');
	personName = $state('');
	citizenId = $state('');
	phone = $state('');
	phoneLeft = $state(false);
	itemNo = $state<number | null>(null);
	permitCounterId = $state('');

	items = $state.raw<readonly Item[] | null>(null);
	counters = $state.raw<readonly CounterView[]>([]);
	loadProblem = $state.raw<ApiProblem | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	busy = $state(false);
	tried = $state(false);

	readonly #app: App;
	/** One id for this form: sending it again after a lost answer opens no second case. */
	readonly #commandId = newId();

	constructor(app: App) {
		this.#app = app;
	}

	readonly item = $derived(this.items?.find((item) => item.no === this.itemNo) ?? null);
	readonly dirty = $derived(
		[this.enterpriseName, this.uscc, this.personName, this.citizenId, this.phone].some(
			(text) => text.trim() !== '',
		) ||
			this.itemNo !== null ||
			this.permitCounterId !== '',
	);

	readonly #usccHint = $derived(usccHint(this.uscc));
	readonly #citizenIdHint = $derived.by(() => citizenIdHint(this.citizenId, this.#app.clock.now));
	readonly #phoneHint = $derived(phoneHint(this.phone, this.phoneLeft));

	/** What is still missing or wrong, by field. */
	readonly #faults = $derived.by((): Partial<Record<FieldName, string>> => {
		const faults: Partial<Record<FieldName, string>> = {};
		const need = (name: FieldName, filled: boolean, text: string) => {
			if (!filled) faults[name] = text;
		};
		const needCode = (name: 'uscc' | 'citizenId' | 'phone', hint: CodeHint) =>
			need(
				name,
				hint.valid,
				this[name].trim() === '' ? m.case_new_missing() : (hint.error ?? hint.hint ?? ''),
			);
		need('enterpriseName', this.enterpriseName.trim().length >= 2, m.case_new_missing());
		needCode('uscc', this.#usccHint);
		need('personName', this.personName.trim().length >= 2, m.case_new_missing());
		needCode('citizenId', this.#citizenIdHint);
		needCode('phone', phoneHint(this.phone, true));
		need('itemNo', this.itemNo !== null, m.case_new_missingItem());
		need('permitCounterId', this.permitCounterId !== '', m.case_new_missingPermit());
		return faults;
	});
	readonly faultCount = $derived(Object.keys(this.#faults).length);

	/** What stands below a field: while typing a hint, once tried the fault. */
	below(name: FieldName, hint?: string): { hint: string | undefined; error: string | undefined } {
		const live: CodeHint | null =
			name === 'uscc'
				? this.#usccHint
				: name === 'citizenId'
					? this.#citizenIdHint
					: name === 'phone'
						? this.#phoneHint
						: null;
		const fault = this.tried ? this.#faults[name] : undefined;
		return { hint: live?.hint ?? hint, error: live?.error ?? fault };
	}

	async load(): Promise<void> {
		this.loadProblem = null;
		try {
			const own = this.#app.signIn.me?.counter?.cityCode;
			const [items, counters] = await Promise.all([
				casesApi.items(this.#app.api),
				countersApi.list(this.#app.api),
			]);
			this.items = items;
			this.counters = counters.filter((counter) => counter.cityCode !== own);
		} catch (error) {
			this.loadProblem = ApiProblem.from(error);
		}
	}

	/** @returns the case, or null when something is to be corrected first; the input is kept */
	async submit(): Promise<CaseDetail | null> {
		this.tried = true;
		this.problem = null;
		if (this.busy || this.faultCount > 0) return null;
		const body = openCaseBody.safeParse({
			commandId: this.#commandId,
			enterprise: { name: this.enterpriseName, uscc: this.uscc },
			person: { name: this.personName, citizenId: this.citizenId, phone: this.phone },
			itemNo: this.itemNo,
			permitCounterId: this.permitCounterId,
		});
		if (!body.success) {
			this.problem = ApiProblem.ofPage('badAnswer', body.error);
			return null;
		}
		this.busy = true;
		try {
			return await casesApi.open(this.#app.api, body.data);
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return null;
		} finally {
			this.busy = false;
		}
	}
}
