import { tallyOf } from '@counter-hub/shared/reviews/judge.ts';
import { REVIEW_SETTINGS, type ReviewSettings } from '@counter-hub/shared/reviews/reviews.ts';
import { createContext } from 'svelte';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import type { StillDesk } from '#features/stills/StillDesk.svelte.ts';
import { CaseReview } from './CaseReview.svelte.ts';
import { reviewsApi } from './reviewsApi.ts';

/** Whoever steps through the list calls up only where he stays. */
const STEP_MS = 250;

/** The review in a call: which material is called up, stepping from one to the next, and the still that a 合格 takes. */
export class ReviewDesk {
	readonly review: CaseReview;
	readonly #scene: CallScene;
	readonly #stills: StillDesk;
	#settings: ReviewSettings = REVIEW_SETTINGS;
	/** Where this person is in the list, before it is called up. */
	#stepped = $state<number | null>(null);
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(scene: CallScene, stills: StillDesk) {
		this.#scene = scene;
		this.#stills = stills;
		const { app, caseId, feed, sessionId } = scene;
		this.review = new CaseReview({ app, caseId, feed, sessionId });
	}

	readonly materials = $derived.by(() => this.#scene.detail?.materials ?? []);
	/** The material that is called up on both sides. */
	readonly called = $derived.by(() => this.review.state?.called?.materialNo ?? null);
	/** Where the list stands for this person. */
	/** Whose reasons are to be in focus, by a key that was pressed while another panel was shown perhaps. */
	reasonsAsked = $state<number | null>(null);
	readonly current = $derived(this.#stepped ?? this.called);
	readonly tally = $derived.by(() => {
		const { shown } = this.review;
		return shown ? tallyOf(this.materials, shown) : null;
	});

	/** Returns how to stop. */
	follow(): () => void {
		const stop = this.review.follow();
		return () => {
			clearTimeout(this.#timer);
			stop();
		};
	}

	/** What the deciding city wants, and what it asks for most. */
	async prepare(): Promise<void> {
		if (this.#scene.duty === 'permit') void this.review.fetchReasons();
		const city = this.#scene.detail?.permit.cityCode;
		if (!city) return;
		this.#settings = await reviewsApi.settings(this.#scene.app.api, city).catch(() => REVIEW_SETTINGS);
	}

	/** Calls a material up, on both sides. */
	go(materialNo: number): void {
		this.#stepped = materialNo;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			void this.review.call(materialNo).finally(() => {
				if (this.#stepped === materialNo) this.#stepped = null;
			});
		}, STEP_MS);
	}

	/** One further in the list, or back. */
	step(by: 1 | -1): void {
		const { materials, current } = this;
		const at = materials.findIndex(({ no }) => no === current);
		const next = materials[at < 0 ? 0 : Math.min(Math.max(at + by, 0), materials.length - 1)];
		if (next) this.go(next.no);
	}

	/** The next one after the present that is not decided; else simply the next. */
	nextOpen(): void {
		const { current, tally } = this;
		const open = tally?.openNos ?? [];
		const next = open.find((no) => no > (current ?? 0)) ?? open.find((no) => no !== current);
		if (next === undefined) this.step(1);
		else this.go(next);
	}

	/** 合格. Where the material has no still, the paper that lies under the camera is taken by itself. */
	async pass(materialNo: number): Promise<void> {
		// What has only just been stepped to does not lie there yet.
		const liesThere = this.called === materialNo && this.#scene.session?.state === 'active';
		const saved = await this.review.mark({ materialNo, verdict: 'pass', reasons: [], bring: '' });
		const hasStill = this.#stills.list.of(materialNo).length > 0;
		if (saved && this.#settings.stillOnPass && !hasStill && liesThere) await this.#stills.take(materialNo);
	}

	/** 需补正; its reasons follow. */
	fix(materialNo: number): Promise<boolean> {
		return this.review.mark({ materialNo, verdict: 'fix' });
	}
}

export const [getReviewDesk, setReviewDesk] = createContext<ReviewDesk>();
