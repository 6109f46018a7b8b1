import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { Still } from '@counter-hub/shared/stills/stills.ts';
import { createContext, untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { ApiProblem } from '#platform/ApiProblem.ts';
import { errorLine } from '#platform/errorText.ts';
import { isPassing } from '#platform/isPassing.ts';
import type { MediaClient } from '#features/media/MediaClient.ts';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { m } from '#paraglide/messages.js';
import { CaseStills } from './CaseStills.svelte.ts';
import { STILL_TOPIC, stillProgress, type StillProgress } from './stillLine.ts';
import { stillLabel } from './stillLabel.ts';
import { StillTaker } from './StillTaker.ts';

/** A still that has been asked for and is not there yet. */
export interface PendingStill {
	readonly stillId: string;
	readonly materialNo: number | null;
	readonly step: StillProgress['step'] | 'asking' | 'silent';
	readonly share: number;
	/** In words, where it failed. */
	readonly failure: string | null;
	/** This side takes it. */
	readonly own: boolean;
}

/** The other side is asked again after so long without an answer, and so many times. */
const SILENT_MS = 4_000;
const ASKS_MAX = 5;
/** Once it is at work it may say nothing for so long. */
const AT_WORK_MS = 12_000;

/** Stills in a call: asked for with one key, taken by the side with the paper, seen by both. */
export class StillDesk {
	readonly list: CaseStills;
	readonly pending = new SvelteMap<string, PendingStill>();
	/** The latest one, for a short word on the stage. */
	latest = $state.raw<Still | null>(null);
	readonly #scene: CallScene;
	readonly #taker: StillTaker;
	/** When the other side last told of each that is pending. */
	readonly #heardAt = new Map<string, number>();
	/** While the call goes on; a still that is still being brought afterwards has nobody to be told to. */
	#isFollowed = false;

	constructor(scene: CallScene) {
		this.#scene = scene;
		this.list = new CaseStills(scene.app, scene.caseId, scene.feed);
		this.#taker = new StillTaker(scene, this.list, (progress) => this.#report(progress));
	}

	/** Begins to listen; returns how to stop. */
	follow(): () => void {
		const { app, sessionId, feed } = this.#scene;
		this.#isFollowed = true;
		const stops = [
			this.list.follow(),
			app.hub.on('still:asked', (wanted) => {
				if (wanted.sessionId !== sessionId) return;
				this.#note(wanted.stillId, { materialNo: wanted.materialNo, own: true, step: 'taking' });
				void this.#taker.take(wanted);
			}),
			feed.onEvents((events) => {
				for (const { type, data } of events) {
					if (type === 'still.taken') this.#arrived(String(data['stillId']));
				}
			}),
		];
		return () => {
			for (const stop of stops) stop();
			this.#isFollowed = false;
			this.#taker.finish();
		};
	}

	/** What the side with the paper tells of its work; returns how to hear no more. */
	hearFrom(client: MediaClient): () => void {
		return client.onSaid(({ topic, data }) => {
			const told = topic === STILL_TOPIC ? stillProgress.safeParse(data) : null;
			if (told?.success === true) this.#hear(told.data);
		});
	}

	/** Takes a still of the paper on the other side's camera, or of one's own where this side has the paper. */
	async take(materialNo: number | null = this.#scene.materialNo): Promise<void> {
		const { duty, call, sessionId } = this.#scene;
		const stillId = newId();
		if (duty === 'receiving') {
			this.#note(stillId, { materialNo, own: true, step: 'taking' });
			await this.#taker.take({ stillId, sessionId, materialNo, askedBy: call.staffId });
			return;
		}
		this.#note(stillId, { materialNo, own: false, step: 'asking' });
		await this.#ask(stillId);
	}

	/** Once more with the same id: what was taken already is only brought. */
	async again({ stillId, own, materialNo }: PendingStill): Promise<void> {
		this.#note(stillId, { materialNo, own, step: own ? 'taking' : 'asking' });
		const { call, sessionId } = this.#scene;
		if (own) await this.#taker.take({ stillId, sessionId, materialNo, askedBy: call.staffId });
		else await this.#ask(stillId);
	}

	giveUp({ stillId }: PendingStill): void {
		this.#forget(stillId);
	}

	/** Puts a still on the stage. */
	async open(still: Still): Promise<void> {
		const { stage, app } = this.#scene;
		const { stillId, width, height } = still;
		const key = `still:${stillId}`;
		const exhibit = {
			key,
			label: stillLabel(still),
			size: { width, height },
			subject: { kind: 'still' as const, stillId },
		};
		stage.show({ ...exhibit, src: null });
		try {
			const src = await this.list.open(still);
			if (stage.exhibit?.key === key) stage.show({ ...exhibit, src });
		} catch (error) {
			if (stage.exhibit?.key === key) stage.clear();
			app.announcer.say(errorLine(ApiProblem.from(error)), 'bad');
		}
	}

	/** A page that reloads knows nothing of it any more, and words get lost: it is asked again until it is there or failed. */
	async #ask(stillId: string): Promise<void> {
		const { app, sessionId } = this.#scene;
		for (let asked = 0; this.#isFollowed;) {
			const pending = this.pending.get(stillId);
			if (!pending || pending.step === 'failed') return;
			const isAtWork = performance.now() - (this.#heardAt.get(stillId) ?? -Infinity) < AT_WORK_MS;
			if (!isAtWork && asked === ASKS_MAX) {
				this.pending.set(stillId, { ...pending, step: 'silent' });
				return;
			}
			asked = isAtWork ? 0 : asked + 1;
			const { materialNo } = pending;
			try {
				if (!isAtWork) await app.hub.request('still:ask', { sessionId, stillId, materialNo });
			} catch (error) {
				const { problem, code } = ApiProblem.from(error);
				if (!isPassing(problem)) {
					this.#hear({ stillId, step: 'failed', share: 0, code });
					return;
				}
				// It is asked for as long as the hub is away: what people do meanwhile is done when it is back.
				if (app.hub.state !== 'connected') asked = 0;
			}
			await new Promise((resolve) => setTimeout(resolve, SILENT_MS));
		}
	}

	#note(stillId: string, { materialNo, own, step }: Pick<PendingStill, 'materialNo' | 'own' | 'step'>): void {
		this.#heardAt.delete(stillId);
		this.pending.set(stillId, { stillId, materialNo, own, step, share: 0, failure: null });
	}

	#report(progress: StillProgress): void {
		this.#hear(progress);
		if (this.#isFollowed) this.#scene.media.client.say(STILL_TOPIC, progress);
	}

	#hear({ stillId, step, share, code }: StillProgress): void {
		const pending = this.pending.get(stillId);
		if (!pending) return;
		this.#heardAt.set(stillId, performance.now());
		const failure = step === 'failed' ? failureOf(code) : null;
		this.pending.set(stillId, { ...pending, step, share, failure });
	}

	#forget(stillId: string): void {
		this.pending.delete(stillId);
		this.#heardAt.delete(stillId);
	}

	#arrived(stillId: string): void {
		this.#forget(stillId);
		// Folded by then.
		queueMicrotask(() => untrack(() => (this.latest = this.list.find(stillId) ?? null)));
	}
}

function failureOf(code: string): string {
	if (code === '' || code.startsWith('DEV-')) return m.stills_failed_camera();
	return errorLine(new ApiProblem({ type: `urn:counter-hub:problem:${code}`, title: code, status: 0, code }));
}

export const [getStillDesk, setStillDesk] = createContext<StillDesk>();
