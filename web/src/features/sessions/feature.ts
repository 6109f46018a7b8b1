import type { Feature } from '#Feature.ts';
import { m } from '#paraglide/messages.js';
import CallFacts from './CallFacts.svelte';
import CallOverlay from './CallOverlay.svelte';
import CallTable from './CallTable.svelte';
import DeskIncoming from './DeskIncoming.svelte';
import MissedCallList from './MissedCallList.svelte';
import NoticePermission from './NoticePermission.svelte';
import ReadyState from './ReadyState.svelte';
import RequestCallButton from './RequestCallButton.svelte';
import ReturnToCallChip from './ReturnToCallChip.svelte';
import { describeSessionEvents, sessionPartyOf } from './sessionEvents.ts';
import { setUpCalls } from './setUpCalls.svelte.ts';

export const sessions: Feature = {
	name: 'sessions',
	signedIn: setUpCalls,
	overlay: CallOverlay,
	barItem: ReturnToCallChip,
	deskFrame: DeskIncoming,
	deskAction: ReadyState,
	deskPanels: [
		{ rank: 1, component: NoticePermission },
		{ rank: 3, component: MissedCallList },
	],
	caseAction: RequestCallButton,
	caseTabs: [
		{
			id: 'calls',
			rank: 5,
			label: m.case_tab_calls,
			count: ({ sessions }) => sessions.length,
			component: CallTable,
		},
	],
	callPanels: [{ id: 'facts', rank: 9, label: m.call_tab_facts, component: CallFacts }],
	events: describeSessionEvents,
	partyOf: sessionPartyOf,
};
