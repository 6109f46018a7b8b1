import { PAPER_TOPIC } from '@counter-hub/shared/papers/paperSaid.ts';
import type { MediaClient } from '#features/media/MediaClient.ts';
import { PaperSending } from './sending/PaperSending.ts';
import { PaperCamera } from './watching/PaperCamera.ts';

/** The own papers, while somebody watches them: whether they lie still, and the frames that are sent of them. */
export class OwnPaper {
	/** Those who watch have a crisp picture of what lies there now. */
	crisp = $state(false);
	/** Rises when another paper lies there, or the same elsewhere. */
	paper = $state(0);
	/** It is being watched whether it moves. */
	watched = $state(false);
	#rest = 0;

	/** @param paper where its numbers begin; higher than before a reload of the page */
	constructor(paper: number) {
		this.paper = paper;
	}

	/** Watches the camera and sends what rests, until the function that is returned is called. */
	watch(track: MediaStreamTrack, client: MediaClient, streamId: string): () => void {
		const camera = PaperCamera.watch(track, {
			news: (news) => sending.news(news),
			tick: () => sending.tick(),
		});
		if (!camera) return () => undefined;
		const sending = new PaperSending({
			streamId,
			line: client.frames,
			say: (said) => client.say(PAPER_TOPIC, said),
			write: (near) => camera.write(near),
			paper: this.paper,
			rest: this.#rest,
			onChange: () => note(),
		});
		const note = () => {
			this.#note(sending);
			void client.calm('document', sending.isCalm);
		};
		const hearNoMore = client.frames.hear(streamId, {
			begin: () => undefined,
			part: () => undefined,
			dropped: () => undefined,
			asked: (frameId) => sending.asked(frameId),
		});
		this.watched = true;
		return () => {
			hearNoMore();
			sending.stop();
			camera.stop();
			note();
			this.watched = false;
		};
	}

	#note({ isCrisp, paper, rest }: PaperSending): void {
		this.crisp = isCrisp;
		this.paper = paper;
		this.#rest = rest;
	}
}
