import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { PROOF_KINDS, QUALIFICATION_LIMITS } from '@counter-hub/shared/qualifications/qualificationLimits.ts';
import type {
	QualificationKind,
	QualificationsOfStaff,
} from '@counter-hub/shared/qualifications/qualifications.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { sha256Of } from '#platform/blobs/sha256Of.ts';
import { uploadBlob } from '#platform/blobs/uploadBlob.ts';
import { CommandId } from '#platform/CommandId.ts';
import { m } from '#paraglide/messages.js';
import { isDay } from '#ui/dayText.ts';
import { qualificationsApi } from './qualificationsApi.ts';

/** The fields of one record on its way. */
export class QualificationForm {
	kind = $state<QualificationKind>('induction');
	title = $state('');
	passedOn = $state('');
	/** Empty: without end. */
	validUntil = $state('');
	result = $state(m.qualifications_result_usual());
	file = $state.raw<File | null>(null);
	/** Of the file's bytes, 0–1; null while none are sent. */
	sent = $state<number | null>(null);
	busy = $state(false);
	tried = $state(false);
	problem = $state.raw<ApiProblem | null>(null);
	readonly #app: App;
	readonly #staffId: string;
	readonly #command = new CommandId();
	readonly #abort = new AbortController();
	/** The bytes that the hub has already. */
	#stored: { file: File; sha256: string } | null = null;

	constructor(app: App, staffId: string) {
		this.#app = app;
		this.#staffId = staffId;
	}

	get today(): string {
		return shanghaiDate(this.#app.clock.now);
	}

	readonly titleError = $derived(
		this.tried && Array.from(this.title.trim()).length < 2 ? m.qualifications_form_titleBad() : undefined,
	);
	readonly passedOnError = $derived(
		this.tried && !(isDay(this.passedOn) && this.passedOn <= this.today)
			? m.qualifications_form_passedOnBad()
			: undefined,
	);
	readonly validUntilError = $derived(
		this.tried && this.validUntil !== '' && !(isDay(this.validUntil) && this.validUntil >= this.passedOn)
			? m.qualifications_form_validUntilBad()
			: undefined,
	);
	readonly resultError = $derived(
		this.tried && this.result.trim() === '' ? m.qualifications_form_resultBad() : undefined,
	);

	choose(file: File | null): void {
		this.file = file;
		this.problem = null;
		if (!file) return;
		const { type, size } = file;
		if (type !== '' && !PROOF_KINDS.some((kind) => kind === type)) this.#refuse('wrongProofKind');
		else if (size > QUALIFICATION_LIMITS.proofBytes) this.#refuse('proofTooLarge');
	}

	/** @returns what stands there now, or null when something is to be corrected first */
	async submit(): Promise<QualificationsOfStaff | null> {
		this.tried = true;
		const errors = [this.titleError, this.passedOnError, this.validUntilError, this.resultError];
		if (this.busy || errors.some((error) => error !== undefined)) return null;
		this.busy = true;
		this.problem = null;
		try {
			const content = {
				kind: this.kind,
				title: this.title.trim(),
				passedOn: this.passedOn,
				validUntil: this.validUntil === '' ? null : this.validUntil,
				result: this.result.trim(),
				proof: this.file ? await this.#bring(this.file) : null,
			};
			const commandId = this.#command.of(JSON.stringify(content));
			return await qualificationsApi.record(this.#app.api, this.#staffId, { commandId, ...content });
		} catch (error) {
			if (!this.#abort.signal.aborted) this.problem = ApiProblem.from(error);
			return null;
		} finally {
			this.busy = false;
			this.sent = null;
		}
	}

	/** Nothing is recorded any more of which the hub has not been told yet. */
	cancel(): void {
		this.#abort.abort();
	}

	/** Whose bytes have arrived once are not sent again. */
	async #bring(file: File): Promise<string> {
		if (this.#stored?.file === file) return this.#stored.sha256;
		const { signal } = this.#abort;
		const sha256 = await sha256Of(file);
		signal.throwIfAborted();
		this.sent = 0;
		await uploadBlob(this.#app, file, sha256, { signal, onProgress: (share) => (this.sent = share) });
		signal.throwIfAborted();
		this.#stored = { file, sha256 };
		return sha256;
	}

	#refuse(key: 'wrongProofKind' | 'proofTooLarge'): void {
		const params = { mostMb: QUALIFICATION_LIMITS.proofBytes / 1024 / 1024 };
		this.problem = new ApiProblem(new AppError(key, key === 'proofTooLarge' ? { params } : {}).toProblem());
		this.file = null;
	}
}
