import { applyFormEvent, untouched } from '@counter-hub/shared/forms/applyFormEvent.ts';
import type { FormDefinition } from '@counter-hub/shared/forms/formDefinition.ts';
import type { CaseForms, FormProgress } from '@counter-hub/shared/forms/forms.ts';
import type { CaseDetail } from '@counter-hub/shared/cases/cases.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { SvelteMap } from 'svelte/reactivity';
import { sidesOf } from '#features/cases/sidesOf.ts';
import { FoldedState } from '#features/timeline/FoldedState.svelte.ts';
import type { LiveTimeline } from '#features/timeline/LiveTimeline.svelte.ts';
import { actorOf } from '#platform/actorOf.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { FormDraft } from './FormDraft.svelte.ts';
import type { FormLine } from './FormLine.svelte.ts';
import { formsApi, type FormPlace } from './formsApi.ts';

/** The forms of a case on this page: which there are, the one that is open, and what is said about it. */
export class FormDesk {
	readonly app: App;
	readonly caseId: string;
	/** To the other side of a call, where there is one. */
	readonly line: FormLine | null;
	definitions = $state.raw<readonly FormDefinition[] | null>(null);
	draft = $state.raw<FormDraft | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	/** The reader goes where the other side writes. */
	follows = $state(true);
	readonly #progress: FoldedState<CaseForms>;
	readonly #detail: CaseDetail;
	readonly #feed: LiveTimeline;
	/** Comments that are being typed, by form and path: they outlast the panel. */
	readonly #typed = new SvelteMap<string, string>();
	#isFollowed = false;
	#stop: (() => void) | undefined;

	constructor(app: App, detail: CaseDetail, feed: LiveTimeline, line: FormLine | null = null) {
		this.app = app;
		this.caseId = detail.id;
		this.line = line;
		this.#detail = detail;
		this.#feed = feed;
		this.#progress = new FoldedState<CaseForms>({
			feed,
			read: () => formsApi.progress(app.api, detail.id),
			apply: applyFormEvent,
		});
	}

	readonly #actor = $derived.by(() => actorOf(this.app.signIn.me));
	readonly mayWrite = $derived.by(() => this.#may('writeForm'));
	readonly mayComment = $derived.by(() => this.#may('commentForm'));
	readonly maySolve = $derived.by(() => this.#may('solveFormComment'));
	readonly mayUnmask = $derived.by(() => !this.mayWrite && this.#may('unmaskForm'));
	readonly progress = $derived.by((): FormProgress => {
		const formId = this.draft?.definition.formId ?? '';
		return this.#progress.state?.find((one) => one.formId === formId) ?? untouched(formId);
	});
	readonly openComments = $derived(this.progress.comments.filter(({ solvedAt }) => solvedAt === null));

	/** Whether this page is told of what is written from now on; whatever was written before has to be read then. */
	get isTold(): boolean {
		return this.#feed.isLive;
	}
	/** The timeline tells of more than this page has followed: a notice was lost. */
	readonly isBehind = $derived.by(() => this.draft !== null && this.progress.revision > this.draft.revision);

	/** Reads what may have been missed. */
	catchUp(): void {
		void this.draft?.read();
	}

	get place(): FormPlace {
		return { caseId: this.caseId, formId: this.draft?.definition.formId ?? '' };
	}

	/** Reads which forms there are and opens the first; returns how to stop. */
	follow(): () => void {
		const stops = [
			this.#progress.follow(),
			this.app.hub.onConnect(() => {
				if (this.problem) void this.read();
			}),
		];
		this.#isFollowed = true;
		void this.read();
		return () => {
			this.#isFollowed = false;
			for (const stop of stops) stop();
			this.#stop?.();
			this.line?.close();
		};
	}

	async read(): Promise<void> {
		this.problem = null;
		try {
			this.definitions = await formsApi.definitions(this.app.api, this.#detail.itemNo);
			const [first] = this.definitions;
			// Left meanwhile: nobody would end what is begun now.
			if (first && this.#isFollowed) this.open(first.formId);
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}

	open(formId: string): void {
		const definition = this.definitions?.find((one) => one.formId === formId);
		if (!definition || this.draft?.definition === definition) return;
		this.#stop?.();
		this.draft = new FormDraft(this.app, this.caseId, definition, this.mayWrite);
		this.#stop = this.draft.follow();
	}

	/** A comment that somebody here is typing; empty: none. */
	typedComment(path: string): string {
		return this.#typed.get(typedKey(this.place, path)) ?? '';
	}
	typeComment(path: string, text: string): void {
		const key = typedKey(this.place, path);
		if (text === '') this.#typed.delete(key);
		else this.#typed.set(key, text);
	}

	/** Leaves what is typed. @throws ApiProblem */
	async comment(path: string, text: string, commandId: string): Promise<void> {
		const { place } = this;
		await this.app.hub.request('form:comment', { commandId, ...place, path, text });
		const key = typedKey(place, path);
		// What was typed since has not been left.
		if (this.#typed.get(key)?.trim() === text) this.#typed.delete(key);
	}

	/** @throws ApiProblem */
	async solve(commentId: string): Promise<void> {
		await this.app.hub.request('form:solveComment', { commandId: newId(), ...this.place, commentId });
	}

	/** Declares the form complete as it stands. @throws ApiProblem */
	async complete(commandId: string): Promise<void> {
		const revision = this.draft?.revision ?? 0;
		await this.app.hub.request('form:complete', { commandId, ...this.place, revision });
	}

	#may(what: 'writeForm' | 'commentForm' | 'solveFormComment' | 'unmaskForm'): boolean {
		return this.#actor !== null && may[what](this.#actor, sidesOf(this.#detail));
	}
}

const typedKey = ({ formId }: FormPlace, path: string) => `${formId} ${path}`;
