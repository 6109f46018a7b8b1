import type { MediaSource } from '@counter-hub/shared/media/grant.ts';
import type { StageTool } from './StageTool.ts';
import { StageZoom } from './StageZoom.svelte.ts';
import type { Size } from './stageView.ts';

/** A picture that a feature lays over the live ones, such as a still; the stage shows it until it is taken away. */
export interface Exhibit {
	/** Stable while it is the same picture. */
	readonly key: string;
	readonly label: string;
	/** Address of the picture; null while it is being fetched. */
	readonly src: string | null;
	readonly size: Size;
	/** What marks on it refer to. */
	readonly subject: StageSubject;
}

/** What lies on the stage, named alike on both sides of a call: marks refer to it. */
export type StageSubject =
	| {
			readonly kind: 'live';
			readonly participantId: string;
			readonly source: Exclude<MediaSource, 'microphone'>;
	  }
	| { readonly kind: 'still'; readonly stillId: string };

export const subjectKey = (subject: StageSubject): string =>
	subject.kind === 'live' ? `live:${subject.participantId}:${subject.source}` : `still:${subject.stillId}`;

/** What the stage of a call shows, and what features do on it: one for each call. */
export class StageDesk {
	readonly zoom = new StageZoom();
	/** Laid over the live picture. */
	exhibit = $state.raw<Exhibit | null>(null);
	/** The live picture that is chosen, whether or not something lies over it. */
	live = $state.raw<Extract<StageSubject, { kind: 'live' }> | null>(null);
	/** The live picture is this side's own. */
	own = $state(false);
	/** Rises when the paper on the live picture was moved; set by whoever watches it. */
	paperNo = $state(0);
	/** Size of a picture of the same thing in full quality that lies over the live one and in its place; set by its layer. */
	crisp = $state.raw<Size | null>(null);
	/** Null: the hand, which moves the picture. */
	tool = $state.raw<StageTool | null>(null);

	readonly subject = $derived<StageSubject | null>(this.exhibit?.subject ?? this.live);

	show(exhibit: Exhibit): void {
		this.exhibit = exhibit;
	}

	/** Back to the live picture. */
	clear(): void {
		this.exhibit = null;
	}
}
