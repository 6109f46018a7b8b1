import { newId } from '@counter-hub/shared/ids/ids.ts';
import { applyReviewEvent } from '@counter-hub/shared/reviews/applyReviewEvent.ts';
import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import type { MarkContent, Review, ReviewMark } from '@counter-hub/shared/reviews/reviews.ts';
import { SvelteMap } from 'svelte/reactivity';
import { FoldedState } from '#features/timeline/FoldedState.svelte.ts';
import type { LiveTimeline } from '#features/timeline/LiveTimeline.svelte.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { errorLine } from '#platform/errorText.ts';
import { reviewsApi } from './reviewsApi.ts';

interface CaseReviewOptions {
	readonly app: App;
	readonly caseId: string;
	readonly feed: LiveTimeline;
	/** The call in which things are said; null outside one. */
	readonly sessionId: string | null;
}

type MarkChange = Partial<MarkContent> & Pick<MarkContent, 'materialNo'>;
type Command = () => Promise<{ readonly events: readonly EventView[] }>;

/** The review of one case as both sides see it: each mark is saved at once and shown from the click on. */
export class CaseReview {
	readonly caseId: string;
	readonly #app: App;
	readonly #sessionId: string | null;
	readonly #folded: FoldedState<Review>;
	/** Marked here, and not yet in the state: a change of it starts from here, else it would take back the one before. */
	readonly #unsaved = new SvelteMap<number, MarkContent>();
	#sending: Promise<unknown> = Promise.resolve();
	/** Offered reasons by material. */
	reasons = $state.raw<Readonly<Record<string, readonly string[]>>>({});

	constructor({ app, caseId, feed, sessionId }: CaseReviewOptions) {
		this.#app = app;
		this.caseId = caseId;
		this.#sessionId = sessionId;
		this.#folded = new FoldedState<Review>({
			feed,
			read: () => reviewsApi.read(app.api, caseId),
			apply: applyReviewEvent,
		});
	}

	/** Null until it is there. */
	get state(): Review | null {
		return this.#folded.state;
	}
	get problem(): FoldedState<Review>['problem'] {
		return this.#folded.problem;
	}
	readAgain = (): void => void this.#folded.read();

	/** Returns how to stop. */
	follow(): () => void {
		return this.#folded.follow();
	}

	async fetchReasons(): Promise<void> {
		try {
			this.reasons = (await reviewsApi.reasons(this.#app.api, this.caseId)).reasons;
		} catch {
			// They are a help: free text is there without them.
		}
	}

	/** The state with what is being saved: what the person has just marked stands there at once. */
	readonly shown = $derived.by((): Review | null => {
		const { state } = this;
		if (!state || this.#unsaved.size === 0) return state;
		const marks = { ...state.marks };
		for (const [no, mark] of this.#unsaved) marks[no] = this.#unsavedMark(mark, state.round);
		return { ...state, marks };
	});

	isSaving(materialNo: number): boolean {
		return this.#unsaved.has(materialNo);
	}

	/** The present mark of a material, to be changed and given to `mark`. */
	markOf(materialNo: number): MarkContent {
		const mark = this.#unsaved.get(materialNo) ?? this.state?.marks[materialNo];
		const { verdict = null, needed = null, neededWhy = '', reasons = [], bring = '' } = mark ?? {};
		return { materialNo, verdict, needed, neededWhy, reasons, bring };
	}

	/** False when the hub refused it; why is said. */
	async mark(change: MarkChange): Promise<boolean> {
		const refusal = await this.write(change);
		if (refusal) this.#say(refusal);
		return refusal === null;
	}

	/** The same for what is typed into a field, where a refusal has its place: returns it, or null when it is saved. */
	async write(change: MarkChange): Promise<ApiProblem | null> {
		const { materialNo } = change;
		const mark = { ...this.markOf(materialNo), ...change };
		this.#unsaved.set(materialNo, mark);
		const { round = 1 } = this.state ?? {};
		const order = { commandId: newId(), caseId: this.caseId, sessionId: this.#sessionId, round, mark };
		let seq = 0;
		try {
			seq = await this.#send(() => this.#app.hub.request('review:mark', order));
			return null;
		} catch (error) {
			return ApiProblem.from(error);
		} finally {
			void this.#folded.reached(seq).then(() => {
				// Otherwise a later one of the same material is on its way.
				if (this.#unsaved.get(materialNo) === mark) this.#unsaved.delete(materialNo);
			});
		}
	}

	/** Resolves when the call is in the state, or was refused. */
	async call(materialNo: number): Promise<void> {
		if (this.state?.called?.materialNo === materialNo) return;
		const order = { commandId: newId(), caseId: this.caseId, sessionId: this.#sessionId, materialNo };
		await this.#sendOrSay(() => this.#app.hub.request('review:call', order));
	}

	/** Resolves when the count is in the state, or was refused. */
	async count(materialNo: number, originals: number, copies: number): Promise<void> {
		const count = { materialNo, originals, copies };
		const order = { commandId: newId(), caseId: this.caseId, sessionId: this.#sessionId, count };
		await this.#sendOrSay(() => this.#app.hub.request('review:count', order));
	}

	/** One after the other: the last mark must be the last to arrive, too. Returns the number of its last event. */
	async #send(command: Command): Promise<number> {
		const turn = this.#sending.then(command);
		this.#sending = turn.catch(() => undefined);
		return (await turn).events.at(-1)?.seq ?? 0;
	}

	/** Resolves when its events are in the state, or it was refused, and why is said. */
	async #sendOrSay(command: Command): Promise<void> {
		try {
			await this.#folded.reached(await this.#send(command));
		} catch (error) {
			this.#say(ApiProblem.from(error));
		}
	}

	#say(refusal: ApiProblem): void {
		this.#app.announcer.say(errorLine(refusal), 'bad');
	}

	#unsavedMark(mark: MarkContent, round: number): ReviewMark {
		const me = this.#app.signIn.me?.staff;
		const at = new Date(this.#app.clock.now).toISOString();
		return { ...mark, by: me?.id ?? '', byName: me?.displayName ?? null, at, round };
	}
}
