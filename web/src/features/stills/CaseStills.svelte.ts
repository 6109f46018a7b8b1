import { applyStillEvent, type Stills } from '@counter-hub/shared/stills/applyStillEvent.ts';
import type { Still } from '@counter-hub/shared/stills/stills.ts';
import { SvelteMap } from 'svelte/reactivity';
import { FoldedState } from '#features/timeline/FoldedState.svelte.ts';
import type { LiveTimeline } from '#features/timeline/LiveTimeline.svelte.ts';
import type { App } from '#platform/App.svelte.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import { isPassing } from '#platform/isPassing.ts';
import { stillsApi } from './stillsApi.ts';

/** A small picture that could not be fetched is fetched again after so long. */
const RETRY_MS = 5_000;

/** The stills of one case as they come, and their pictures, each fetched once. */
export class CaseStills {
	readonly caseId: string;
	readonly #app: App;
	readonly #folded: FoldedState<Stills>;
	/** Addresses of pictures in this page, by SHA-256. */
	readonly #urls = new SvelteMap<string, string>();
	readonly #fetching = new Set<string>();
	readonly #retries = new Map<string, ReturnType<typeof setTimeout>>();
	/** Stills that are being opened, by SHA-256: each goes on record once. */
	readonly #opening = new Map<string, Promise<string>>();

	constructor(app: App, caseId: string, feed: LiveTimeline) {
		this.#app = app;
		this.caseId = caseId;
		this.#folded = new FoldedState<Stills>({
			feed,
			read: () => stillsApi.list(app.api, caseId),
			apply: applyStillEvent,
		});
	}

	/** Null until they are there. */
	get all(): Stills | null {
		return this.#folded.state;
	}
	get problem(): FoldedState<Stills>['problem'] {
		return this.#folded.problem;
	}
	/** Those of one material that count. */
	of(materialNo: number): Still[] {
		return (this.all ?? []).filter((one) => one.materialNo === materialNo && !one.struck);
	}
	find(stillId: string): Still | undefined {
		return this.all?.find((one) => one.stillId === stillId);
	}

	/** Returns how to stop; the pictures are let go then. */
	follow(): () => void {
		const stop = this.#folded.follow();
		return () => {
			stop();
			for (const timer of this.#retries.values()) clearTimeout(timer);
			this.#retries.clear();
			for (const url of this.#urls.values()) URL.revokeObjectURL(url);
			this.#urls.clear();
		};
	}

	readAgain = (): void => void this.#folded.read();

	/** The small picture's address, once it is there. */
	thumbnail(still: Still): string | null {
		const { thumbnailSha256: hash } = still;
		if (hash === null) return null;
		return this.#urls.get(hash) ?? null;
	}

	/** For an effect: fetches what `thumbnail` will give; what passes is tried again. */
	fetchThumbnail(still: Still): void {
		const { thumbnailSha256: hash } = still;
		if (hash !== null) void this.#keep(hash, () => stillsApi.thumbnail(this.#app.api, this.caseId, still));
	}

	/** The still's own address. That somebody opens it goes on record. @throws ApiProblem, TypeError */
	async open(still: Still): Promise<string> {
		const known = this.#urls.get(still.sha256);
		if (known !== undefined) return known;
		const running = this.#opening.get(still.sha256);
		if (running) return running;
		const opening = this.#open(still).finally(() => this.#opening.delete(still.sha256));
		this.#opening.set(still.sha256, opening);
		return opening;
	}

	/** Taken in this page: its bytes need not come back from the hub. */
	keep(hash: string, bytes: Blob): void {
		this.#put(hash, bytes);
	}

	async #keep(hash: string, fetch: () => Promise<Blob | null>): Promise<void> {
		if (this.#urls.has(hash) || this.#fetching.has(hash)) return;
		this.#fetching.add(hash);
		try {
			const bytes = await fetch();
			if (bytes) this.#put(hash, bytes);
		} catch (error) {
			// Until then it is shown without a picture; opening it says what is wrong.
			if (isPassing(ApiProblem.from(error).problem)) this.#later(hash, fetch);
		} finally {
			this.#fetching.delete(hash);
		}
	}

	#later(hash: string, fetch: () => Promise<Blob | null>): void {
		clearTimeout(this.#retries.get(hash));
		this.#retries.set(
			hash,
			setTimeout(() => void this.#keep(hash, fetch), RETRY_MS),
		);
	}

	async #open(still: Still): Promise<string> {
		return this.#put(still.sha256, await stillsApi.picture(this.#app.api, this.caseId, still));
	}

	/** The same bytes keep the address that they have: somebody may be looking at it. */
	#put(hash: string, bytes: Blob): string {
		const known = this.#urls.get(hash);
		if (known !== undefined) return known;
		const url = URL.createObjectURL(bytes);
		this.#urls.set(hash, url);
		return url;
	}
}
