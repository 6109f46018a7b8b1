import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { parse } from '@counter-hub/shared/errors/parse.ts';
import { FILE_KINDS, FILE_LIMITS } from '@counter-hub/shared/files/fileLimits.ts';
import { fileName, fittingFileName } from '@counter-hub/shared/files/fileName.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { sha256Of } from '#platform/blobs/sha256Of.ts';
import { uploadBlob } from '#platform/blobs/uploadBlob.ts';
import { CommandId } from '#platform/CommandId.ts';
import { filesApi } from './filesApi.ts';

/**
 * `naming`: the name cannot stay as it is; `waiting` for others; `reading` its bytes; `sending` them; `sharing`, once the
 * hub has them; `refused`, with `problem`, or unreadable; `shared`; `cancelled`.
 */
export type UploadPhase =
	'naming' | 'waiting' | 'reading' | 'sending' | 'sharing' | 'refused' | 'shared' | 'cancelled';

/** One file on its way to a case. */
export class FileUpload {
	readonly id = newId();
	readonly caseId: string;
	readonly size: number;
	name = $state('');
	phase = $state<UploadPhase>('waiting');
	/** Of its bytes, 0–1, that the hub has or is being sent. */
	share = $state(0);
	problem = $state.raw<ApiProblem | null>(null);
	/** The browser cannot read it: it was moved or changed, or is a folder. */
	unreadable = $state(false);
	readonly #app: App;
	readonly #file: File;
	readonly #materialNo: number | null;
	readonly #command = new CommandId();
	readonly #abort = new AbortController();
	#sha256: string | null = null;
	/** Where the bytes that have arrived lie. */
	#place: string | null = null;
	#isStored = false;

	constructor(app: App, caseId: string, file: File, materialNo: number | null) {
		this.#app = app;
		this.caseId = caseId;
		this.size = file.size;
		this.#file = file;
		this.#materialNo = materialNo;
		this.name = fittingFileName(file.name);
		this.#examine();
	}

	get isWorking(): boolean {
		return this.phase === 'reading' || this.phase === 'sending' || this.phase === 'sharing';
	}

	/** Trying again may help: it is not the file itself that was refused. */
	get isWorthRetrying(): boolean {
		const status = this.problem?.problem.status;
		if (this.phase !== 'refused' || status === undefined) return false;
		return status >= 500 || [0, 401, 404, 429].includes(status);
	}

	/** Takes the name that was typed, and goes on. */
	rename(name: string): void {
		this.name = name;
		this.phase = 'waiting';
		this.problem = null;
		this.#examine();
	}

	retry(): void {
		this.problem = null;
		this.phase = 'waiting';
	}

	cancel(): void {
		this.phase = 'cancelled';
		this.#abort.abort();
	}

	/** Until it is shared, refused or cancelled. */
	async run(): Promise<void> {
		try {
			await this.#send();
			this.phase = 'shared';
		} catch (error) {
			if (this.#abort.signal.aborted) return;
			this.phase = 'refused';
			if (error instanceof ApiProblem) this.#refused(error);
			else this.unreadable = true;
		}
	}

	async #send(): Promise<void> {
		const { signal } = this.#abort;
		this.phase = 'reading';
		this.#sha256 ??= await sha256Of(this.#file);
		signal.throwIfAborted();
		const sha256 = this.#sha256;
		if (!this.#isStored) {
			this.phase = 'sending';
			await uploadBlob(this.#app, this.#file, sha256, {
				signal,
				from: this.#place ?? undefined,
				onPlace: (place) => (this.#place = place),
				onProgress: (share) => (this.share = share),
			});
			this.#isStored = true;
		}
		this.phase = 'sharing';
		const content = { name: this.name, sha256, materialNo: this.#materialNo };
		const body = { commandId: this.#command.of(JSON.stringify(content)), ...content };
		await filesApi.share(this.#app.api, this.caseId, body, signal);
	}

	#refused(problem: ApiProblem): void {
		// The hub takes more kinds of bytes than files may have.
		this.problem = problem.is('BLOB-4506') ? problemOf(new AppError('wrongFileKind')) : problem;
		if (problem.is('FORM-1105')) this.phase = 'naming';
		// The hub has forgotten what was brought: it is brought anew.
		if (problem.is('BLOB-4510')) this.#isStored = false;
	}

	/** What can be known before a byte is sent. */
	#examine(): void {
		const { type, size } = this.#file;
		try {
			if (type !== '' && !FILE_KINDS.some((kind) => kind === type)) throw new AppError('wrongFileKind');
			if (size > FILE_LIMITS.bytes)
				throw new AppError('fileTooLarge', { params: { mostMb: FILE_LIMITS.bytes / 1024 / 1024 } });
			if (size === 0) this.unreadable = true;
			this.name = parse(fileName, this.name);
			this.phase = this.unreadable ? 'refused' : 'waiting';
		} catch (error) {
			if (!(error instanceof AppError)) throw error;
			this.problem = problemOf(error);
			const isAboutName = error.key === 'personalNumber' || error.key === 'invalidInput';
			this.phase = isAboutName ? 'naming' : 'refused';
		}
	}
}

const problemOf = (error: AppError): ApiProblem => new ApiProblem(error.toProblem());
