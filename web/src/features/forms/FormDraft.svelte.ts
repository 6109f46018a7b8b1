import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { faultsOf, type Fault } from '@counter-hub/shared/forms/faults.ts';
import {
	fieldsOf,
	isTable,
	pathOfCell,
	placeAt,
	placesOf,
	rowsOf,
} from '@counter-hub/shared/forms/fieldPaths.ts';
import type { FormDefinition, FormField, TableField } from '@counter-hub/shared/forms/formDefinition.ts';
import type { DraftView, FieldView } from '@counter-hub/shared/forms/forms.ts';
import { newRowId } from '@counter-hub/shared/forms/tableRows.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { untrack } from 'svelte';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { Unmasking } from '#platform/Unmasking.svelte.ts';
import { FieldEntry, type FieldKeeping } from './FieldEntry.svelte.ts';
import { formsApi, type FormPlace } from './formsApi.ts';

/**
 * A form as it is filled in: every field with what stands in it, kept up by what the hub tells. Whoever may write saves
 * it as he goes; everybody else reads along.
 */
export class FormDraft {
	readonly definition: FormDefinition;
	readonly mayWrite: boolean;
	/** Values in clear, for a reader who gave a reason. */
	readonly unmasking = new Unmasking<DraftView['fields']>();
	loaded = $state(false);
	problem = $state.raw<ApiProblem | null>(null);
	/** Of the form, as far as this page has followed. */
	revision = $state(0);
	/** When something was saved last (hub time, ms). */
	savedAt = $state<number | null>(null);
	readonly #app: App;
	readonly #place: FormPlace;
	readonly #entries = new Map<string, FieldEntry>();
	/** Rises with the entries, which come with the rows of tables. */
	#count = $state(0);
	/** As the hub found them: readers see values masked, and cannot look themselves. */
	#told = $state.raw<DraftView['faults']>({});
	readonly #keeping: FieldKeeping;
	#reading: Promise<void> | undefined;

	constructor(app: App, caseId: string, definition: FormDefinition, mayWrite: boolean) {
		this.#app = app;
		this.definition = definition;
		this.mayWrite = mayWrite;
		this.#place = { caseId, formId: definition.formId };
		this.#keeping = {
			write: (path, value, basedOn) =>
				app.hub.request('form:write', {
					commandId: newId(),
					...this.#place,
					version: definition.version,
					path,
					value,
					basedOn,
				}),
			readAgain: () => this.read(),
			saved: () => (this.savedAt = app.clock.at()),
		};
		for (const field of fieldsOf(definition)) this.#add(field.id);
	}

	readonly valueOf = (path: string): string => this.#entries.get(path)?.value ?? '';

	/** What keeps the form from being handed in, by path, in the order of the form. */
	readonly faults = $derived.by((): ReadonlyMap<string, Fault> => {
		if (!this.mayWrite) return new Map(Object.entries(this.#told));
		return faultsOf(this.definition, this.valueOf, this.#today);
	});
	readonly #today = $derived.by(() => shanghaiDate(this.#app.clock.now));
	/** Those that are there: without the cells of rows that were taken out. */
	readonly #all = $derived.by(() =>
		(this.#count > 0 ? [...this.#entries.values()] : []).filter(
			({ place: { row } }) => !row || rowsOf(this.valueOf(row.table.id)).includes(row.id),
		),
	);
	/** Fields with something that the hub does not have yet. */
	readonly unsaved = $derived(this.#all.filter(({ sending, dirty }) => sending || dirty).length);
	readonly conflicts = $derived(this.#all.filter(({ theirs }) => theirs !== null));
	readonly refused = $derived(
		this.#all.filter(({ refusal, problem }) => refusal !== null || problem !== null),
	);

	entry(path: string): FieldEntry | undefined {
		return this.#entries.get(path);
	}

	/** What a reader sees of a field. */
	shown(path: string): FieldView {
		const known = this.#entries.get(path)?.known ?? { value: '', revision: 0, masked: false };
		const clear = this.unmasking.shown?.[path];
		return clear && clear.revision === known.revision ? clear : known;
	}

	/**
	 * Reads the form and follows it; returns how to stop, which sends what is left. Until that is safe the page is not
	 * left without a question, wherever the person has gone in it.
	 */
	follow(): () => void {
		const { hub } = this.#app;
		const { caseId, formId } = this.#place;
		const stops = [
			hub.on('form:changed', (change) => {
				if (change.caseId !== caseId || change.formId !== formId || !this.loaded) return;
				if (change.after > this.revision) void this.read();
				else this.#learn(change);
			}),
			hub.onConnect(() => {
				if (this.loaded) void this.read().then(() => this.#retry());
			}),
		];
		const letGo = this.#holdPage();
		untrack(() => void this.read());
		return () => {
			for (const stop of stops) stop();
			void Promise.all([...this.#entries.values()].map((entry) => entry.flush())).then(letGo);
		};
	}

	/** Whole at first, then what was written since; one reading at a time, and what is asked for meanwhile is in the next. */
	async read(): Promise<void> {
		while (this.#reading) await this.#reading;
		this.#reading = this.#read();
		await this.#reading;
	}

	/** The places to be shown now, in the order of the form. */
	readonly places = $derived.by(() => placesOf(this.definition, this.valueOf));

	addRow(table: TableField): void {
		const entry = this.#entries.get(table.id);
		const rows = rowsOf(entry?.value ?? '');
		if (!entry || rows.length >= table.rows.most) return;
		const row = newRowId();
		this.#addRow(table, row);
		entry.chose([...rows, row].join(' '));
	}

	removeRow(table: TableField, row: string): void {
		const entry = this.#entries.get(table.id);
		entry?.chose(
			rowsOf(entry.value)
				.filter((one) => one !== row)
				.join(' '),
		);
	}

	async #read(): Promise<void> {
		try {
			const after = this.loaded ? this.revision : undefined;
			this.#learn(await formsApi.draft(this.#app.api, this.#place, after));
			this.problem = null;
			this.loaded = true;
		} catch (error) {
			this.problem = ApiProblem.from(error);
		} finally {
			this.#reading = undefined;
		}
	}

	#learn({ revision, fields, faults }: Omit<DraftView, 'formId'>): void {
		for (const [path, { value }] of Object.entries(fields)) {
			const field = this.#add(path);
			if (field && isTable(field)) for (const row of rowsOf(value)) this.#addRow(field, row);
		}
		for (const [path, view] of Object.entries(fields)) {
			const entry = this.#entries.get(path);
			// What was there before it was opened may be called unfinished.
			if (entry && !this.loaded && view.value !== '') entry.left = true;
			entry?.learn(view);
		}
		if (revision >= this.revision) this.#told = faults;
		this.revision = Math.max(revision, this.revision);
	}

	/** Makes sure of an entry for a path; returns what the form asks for there. */
	#add(path: string): FormField | undefined {
		const place = placeAt(this.definition, path);
		if (place && !this.#entries.has(path)) {
			this.#entries.set(path, new FieldEntry(place, this.#keeping));
			this.#count += 1;
		}
		return place?.field;
	}

	#addRow(table: TableField, row: string): void {
		for (const { id } of table.columns) this.#add(pathOfCell(table.id, row, id));
	}

	/** The browser asks, in its own words, before the page goes with something that is not saved. */
	#holdPage(): () => void {
		const warn = (event: BeforeUnloadEvent) => {
			if (this.unsaved > 0) event.preventDefault();
		};
		addEventListener('beforeunload', warn);
		const letGo = this.#app.version.hold(() => this.unsaved > 0);
		return () => {
			removeEventListener('beforeunload', warn);
			letGo();
		};
	}

	/** What failed for a reason that passes. */
	#retry(): void {
		for (const entry of this.#entries.values()) {
			if (entry.problem && entry.problem.problem.status >= 500) void entry.flush();
		}
	}
}
