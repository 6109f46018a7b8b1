import { createContext } from 'svelte';
import type { MediaClient } from '#features/media/MediaClient.ts';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { OwnPaper } from './OwnPaper.svelte.ts';
import { RemotePaper, type CrispPicture } from './RemotePaper.svelte.ts';

/** The papers of both sides of a call: what lies still is shown in full quality (V14). */
export class Papers {
	readonly #scene: CallScene;
	readonly own: OwnPaper;
	/** By stream. */
	#others = $state.raw<ReadonlyMap<string, RemotePaper>>(new Map());

	constructor(scene: CallScene) {
		this.#scene = scene;
		const begun = Date.parse(scene.session?.requestedAt ?? '');
		const now = scene.app.clock.now;
		// More seconds go by than papers are laid down: numbers of this page are higher than those before its reload.
		// 0 stands for a picture of which it is not known whether it moves.
		this.own = new OwnPaper(Number.isNaN(begun) ? 1 : Math.max(1, Math.floor((now - begun) / 1000)));
	}

	/** The other side's document that is on the stage, still or not. */
	readonly #staged = $derived.by(() => {
		const { live, own } = this.#scene.stage;
		if (live?.source !== 'document' || own) return undefined;
		return this.#scene.media.video.find(
			({ source, participantId }) => source === 'document' && participantId === live.participantId,
		);
	});
	/** What is to be shown in its place. */
	readonly crisp = $derived.by<CrispPicture | null>(() => {
		const stream = this.#staged;
		const { media, stage } = this.#scene;
		// A still that is opened lies over the stream, whose papers may be others by now.
		if (!stream || stream.paused || stream.stalled || media.lost || stage.exhibit) return null;
		return this.#others.get(stream.id)?.shown ?? null;
	});
	/** How the document on the stage is seen by the viewer; null where there is none, or nothing is known of it. */
	readonly state = $derived.by<'crisp' | 'live' | null>(() => {
		const { stage, media, call } = this.#scene;
		if (stage.live?.source !== 'document' || stage.exhibit) return null;
		if (stage.own) {
			if (!this.own.watched || media.muted.document || media.stalled.includes('document')) return null;
			return this.own.crisp ? 'crisp' : 'live';
		}
		const stream = this.#staged;
		if (!stream || stream.paused || stream.stalled || media.lost || call.otherPresent === false) return null;
		return this.crisp ? 'crisp' : 'live';
	});
	/** Number of the paper that lies there. */
	readonly paper = $derived.by(() => {
		const { stage } = this.#scene;
		if (stage.live?.source !== 'document') return 0;
		if (stage.own) return this.own.paper;
		return this.#staged ? (this.#others.get(this.#staged.id)?.paper ?? 0) : 0;
	});

	/** Follows the documents of others; returns how to stop. */
	followOthers(client: MediaClient, streamIds: readonly string[]): () => void {
		const others = new Map(streamIds.map((id) => [id, new RemotePaper(client, id)]));
		const stops = [...others.values()].map((paper) => paper.follow());
		this.#others = others;
		return () => {
			for (const stop of stops) stop();
		};
	}
}

export const [getPapers, setPapers] = createContext<Papers>();
