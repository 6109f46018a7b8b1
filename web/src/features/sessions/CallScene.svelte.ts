import type { CaseDetail } from '@counter-hub/shared/cases/cases.ts';
import type { SessionParty, SessionView } from '@counter-hub/shared/sessions/sessions.ts';
import { createContext } from 'svelte';
import { CaseView } from '#features/cases/CaseView.svelte.ts';
import { LiveTimeline } from '#features/timeline/LiveTimeline.svelte.ts';
import type { App } from '#platform/App.svelte.ts';
import type { CallController } from './CallController.svelte.ts';
import type { CallMedia } from './CallMedia.svelte.ts';
import { StageDesk } from './StageDesk.svelte.ts';

/** What features get of a call that is shown: its people and pictures, its case as it changes, and the stage. */
export class CallScene {
	readonly app: App;
	readonly call: CallController;
	readonly caseId: string;
	readonly sessionId: string;
	readonly stage = new StageDesk();
	/** The material of the item's list that is being looked at; null where it is none of them. */
	materialNo = $state<number | null>(null);
	/** The panel beside the pictures that is shown, by its id; empty: the first one. */
	panel = $state('');
	/** Where there is no room beside the pictures, the panels lie in a drawer. */
	drawer = $state(false);
	/** The case's events as they come. */
	readonly feed: LiveTimeline;
	readonly #case: CaseView;
	readonly #media: () => CallMedia;

	constructor(app: App, call: CallController, session: SessionView, media: () => CallMedia) {
		this.app = app;
		this.call = call;
		this.caseId = session.caseId;
		this.sessionId = session.id;
		this.#case = new CaseView(app, session.caseId);
		this.feed = new LiveTimeline(app, session.caseId);
		this.#media = media;
	}

	get media(): CallMedia {
		return this.#media();
	}
	get session(): SessionView | null {
		const { session } = this.call;
		return session?.id === this.sessionId ? session : null;
	}
	/** Of this person. */
	get duty(): SessionParty['duty'] {
		return this.call.duty;
	}
	/** Who is at the other end, once somebody has answered. */
	get other(): SessionParty | null {
		return this.call.other;
	}
	/** This person's own name in the room. */
	get participantId(): string | null {
		return this.call.sides?.own.participantId ?? null;
	}
	get detail(): CaseDetail | null {
		return this.#case.detail;
	}
	get problem(): CaseView['problem'] {
		return this.#case.problem;
	}

	/** Reads the case and follows it; returns how to stop. */
	follow(): () => void {
		const stops = [this.#case.follow(), this.feed.follow()];
		return () => {
			for (const stop of stops) stop();
		};
	}

	/** Brings a panel into view. */
	open(panel: string): void {
		this.panel = panel;
		this.drawer = true;
	}

	readAgain = (): void => void this.#case.read();
}

export const [getCallScene, setCallScene] = createContext<CallScene>();
