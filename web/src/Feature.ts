import type { CaseDetail } from '@counter-hub/shared/cases/cases.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { Role } from '@counter-hub/shared/people/people.ts';
import type { SessionView } from '@counter-hub/shared/sessions/sessions.ts';
import type { Conclusion } from '@counter-hub/shared/sessions/sessionTerms.ts';
import type { EventType } from '@counter-hub/shared/timeline/events.ts';
import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import { createContext, type Component, type Snippet } from 'svelte';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import type { DescribeEvents, Party } from '#features/timeline/eventWords.ts';
import type { LiveTimeline } from '#features/timeline/LiveTimeline.svelte.ts';
import type { App } from '#platform/App.svelte.ts';

/** A page of the main navigation; the first of a role is where it starts. */
export interface Page {
	readonly href: string;
	readonly roles: readonly Role[];
	readonly label: (role: Role) => string;
	/** Addresses elsewhere that belong to this page for whoever has no page of their own for them. */
	readonly covers?: string;
}

/** A panel at the side of the desk; the smaller the rank, the higher it stands. */
export interface DeskPanel {
	readonly rank: number;
	readonly component: Component;
}

/** A tab in the middle of a case's page. */
export interface CaseTab {
	readonly id: string;
	/** The smaller, the further to the left. */
	readonly rank: number;
	readonly label: () => string;
	/** Whom it is for. Default: everybody who reads the case. */
	readonly roles?: readonly Role[];
	/** Stands beside the label. */
	readonly count?: (detail: CaseDetail) => number;
	readonly component: Component<{ detail: CaseDetail; timeline: LiveTimeline }>;
}

/** A tab of the administrators' page, beside people and counters. */
export interface AdminPane {
	readonly id: string;
	readonly label: () => string;
	readonly component: Component;
}

/** A panel beside the pictures of a call, under a tab. */
export interface CallPanel {
	readonly id: string;
	/** The smaller, the further to the left. */
	readonly rank: number;
	readonly label: () => string;
	readonly count?: (detail: CaseDetail) => number;
	/** A dot beside the label: something new that nobody here has seen. */
	readonly fresh?: (scene: CallScene) => boolean;
	/** Whether there is anything for it to show. Default: always. */
	readonly shown?: (scene: CallScene) => boolean;
	readonly component: Component<{ detail: CaseDetail; session: SessionView }>;
	/** It fills the panel and scrolls by itself. */
	readonly scrolls?: boolean;
}

/** What a feature adds around the pictures of a call. Its components find everything by `getCallScene()`. */
export interface CallParts {
	/** Runs while the call's view is set up: may set contexts for the feature's components, and use effects. */
	readonly setUp?: (scene: CallScene) => void;
	/** Buttons in the rail at the left of the stage. */
	readonly rail?: Component;
	/** Over the picture and turned, moved and zoomed with it: fills it, in shares of its width and height. */
	readonly layer?: Component;
	/** In the corners of the stage, beside the name of the picture. */
	readonly tag?: Component;
	/** Below the stage. */
	readonly strip?: Component;
	/** Between the faces and the panels. */
	readonly band?: Component;
	/** Above the conclusion's button. */
	readonly foot?: Component;
	/** With the result of a call that has ended. There is no scene any more. */
	readonly result?: Component<{ session: SessionView }>;
	/**
	 * In the dialog that concludes. `suggest` marks a conclusion that follows from what is there; `covers` says that the
	 * feature has the reasons for the chosen one in writing, so that the note may stay empty.
	 */
	readonly conclusion?: Component<{
		chosen: Conclusion | '';
		suggest: (conclusion: Conclusion) => void;
		covers: (isCovered: boolean) => void;
	}>;
}

/** A kind of protected thing of a case: that one was opened is put on record as `kind:id`. */
export interface OpenedKind {
	/** `照片` */
	readonly label: () => string;
	/** What those of a case are called, by their ids. Throws ApiProblem. */
	readonly names: (app: App, detail: CaseDetail) => Promise<ReadonlyMap<string, string>>;
}

/** Events that lie together in one entry of the timeline for each call in which they happened. */
export interface FoldedEvents {
	readonly types: readonly EventType[];
	/** What there is of them, in a few words: `合格 6 项，需补正 1 项`. */
	readonly summary: (events: readonly EventView[]) => string;
}

/**
 * What a feature adds to the page; the places that show it know no feature. All is optional: a feature adds what it
 * has, and goes with its folder and its line in `features.ts`. Its words stand in `words/`, named by
 * `project.inlang/settings.json`; the words of its errors are `error_<key>_what` and `error_<key>_remedy`.
 * Keys are bound by its components while these are shown (`app.keys.bind`), and `?` lists them.
 */
export interface Feature {
	/** As its folders are named. */
	readonly name: string;
	readonly pages?: readonly Page[];
	/** Runs while the signed-in part of the page is set up: may set contexts and use `onMount` to start and stop. */
	readonly signedIn?: (app: App) => void;
	/** Lives beside whatever page is shown, as long as somebody is signed in. */
	readonly overlay?: Component;
	/** In the bar, before the state of the connection. */
	readonly barItem?: Component;
	/** In the head of the desk: beside the title, and at the right. */
	readonly deskFact?: Component;
	readonly deskAction?: Component;
	/** At the side of the desk. */
	readonly deskPanels?: readonly DeskPanel[];
	/** In the head of the start-of-shift check, at the right. */
	readonly checkAction?: Component;
	/** In the panel of a link in the matrix: what else is known of the link between two cities, or of the nodes of one. */
	readonly linkFact?: Component<{ cities: readonly CityCode[] }>;
	/** Beside it: what can be done about it with the city that it is about. */
	readonly linkAction?: Component<{ city: CityCode }>;
	/** Around the middle of the desk, in whose place it may put something more urgent. */
	readonly deskFrame?: Component<{ children: Snippet }>;
	/** In the head of a case's page. */
	readonly caseAction?: Component<{ detail: CaseDetail }>;
	readonly caseTabs?: readonly CaseTab[];
	readonly adminPanes?: readonly AdminPane[];
	readonly callPanels?: readonly CallPanel[];
	readonly callParts?: CallParts;
	/** Below the timeline of a case. */
	readonly timelineFoot?: Component<{ detail: CaseDetail }>;
	/** Its jobs in words, by the names that the hub gives them. */
	readonly jobs?: Readonly<Record<string, () => string>>;
	readonly folded?: FoldedEvents;
	/** Its events in words. */
	readonly events?: Partial<DescribeEvents<EventType>>;
	/** Its things that are put on record when somebody opens them, by kind. */
	readonly opened?: Readonly<Record<string, OpenedKind>>;
	/** Who comes in with an event, so that later ones can name them. */
	readonly partyOf?: (event: EventView) => Party | undefined;
}

/** The features in the order of `features.ts`. */
export const [getFeatures, setFeatures] = createContext<readonly Feature[]>();
