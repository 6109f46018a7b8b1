import { createContext, onMount } from 'svelte';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import {
	IMPORT_LIMITS,
	type ImportLine,
	type ImportOutcome,
	type ImportPreview,
} from '@counter-hub/shared/imports/staffImport.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { importsApi } from './importsApi.ts';

/**
 * An import of people from the choice of a file to what has become of each line. It lives as long as somebody is signed
 * in, whatever page is shown: one-time passwords are shown once, and must not be lost by a look elsewhere.
 */
class StaffImport {
	/** `choosing` a file, `reading` it, looking at the `preview`, `applying`, `done`. */
	phase = $state<'choosing' | 'reading' | 'preview' | 'applying' | 'done'>('choosing');
	fileName = $state('');
	preview = $state.raw<ImportPreview | null>(null);
	outcomes = $state.raw<readonly ImportOutcome[]>([]);
	problem = $state.raw<ApiProblem | null>(null);
	readonly #app: App;
	/** Of the run, and the last line that is done. */
	#commandId = newId();
	#after = 0;

	constructor(app: App) {
		this.#app = app;
	}

	/** Lines that will be, or were, applied. */
	readonly due = $derived(
		(this.preview?.lines ?? []).filter(({ verdict }) => verdict === 'new' || verdict === 'changed'),
	);
	readonly created = $derived(this.outcomes.filter((one) => one.outcome === 'created'));
	/** In the file and since, in the order of lines. */
	readonly refused = $derived(
		[
			...(this.preview?.lines ?? []).filter((one) => one.verdict === 'refused'),
			...this.outcomes.filter((one) => one.outcome === 'refused'),
		].sort((a, b) => a.line - b.line),
	);

	/** Something would be lost if the page went now. */
	get isHolding(): boolean {
		return this.phase === 'applying' || (this.phase === 'done' && this.created.length > 0);
	}

	count(verdict: ImportLine['verdict']): number {
		return (this.preview?.lines ?? []).filter((one) => one.verdict === verdict).length;
	}

	async read(file: File): Promise<void> {
		this.reset();
		this.fileName = file.name;
		this.phase = 'reading';
		try {
			this.preview = await importsApi.preview(this.#app.api, await csvOf(file));
			this.phase = 'preview';
		} catch (error) {
			this.problem = ApiProblem.from(error);
			this.phase = 'choosing';
		}
	}

	/** Step by step to the end; after a refusal it goes on from where it stopped. */
	async apply(): Promise<void> {
		if (!this.preview) return;
		this.phase = 'applying';
		this.problem = null;
		try {
			for (let next: number | null = this.#after; next !== null;) {
				const body = { commandId: this.#commandId, after: next };
				const step = await importsApi.apply(this.#app.api, this.preview.hash, body);
				this.outcomes = [...this.outcomes, ...step.outcomes];
				next = step.next;
				if (next !== null) this.#after = next;
			}
			this.phase = 'done';
		} catch (error) {
			this.problem = ApiProblem.from(error);
			this.phase = this.outcomes.length === 0 ? 'preview' : 'done';
		}
	}

	/** For another file. What was shown is gone. */
	reset(): void {
		this.phase = 'choosing';
		this.fileName = '';
		this.preview = null;
		this.outcomes = [];
		this.problem = null;
		this.#commandId = newId();
		this.#after = 0;
	}
}

/** @throws ApiProblem where it is too large, or cannot be read any more */
async function csvOf(file: File): Promise<Blob> {
	const { bytes } = IMPORT_LIMITS;
	if (file.size > bytes)
		throw problemOf(new AppError('importTooLarge', { params: { mostKb: bytes / 1024 } }));
	try {
		return new Blob([await file.arrayBuffer()], { type: 'text/csv' });
	} catch {
		throw problemOf(new AppError('importUnreadable'));
	}
}

const problemOf = (error: AppError): ApiProblem => new ApiProblem(error.toProblem());

const [getImport, setImport] = createContext<StaffImport>();
export { getImport };

export function setUpImport(app: App): void {
	const run = setImport(new StaffImport(app));
	onMount(() => {
		const stop = app.version.hold(() => run.isHolding);
		const ask = (event: BeforeUnloadEvent) => {
			if (run.isHolding) event.preventDefault();
		};
		window.addEventListener('beforeunload', ask);
		return () => {
			stop();
			window.removeEventListener('beforeunload', ask);
		};
	});
}
