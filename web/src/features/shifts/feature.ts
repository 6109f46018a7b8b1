import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import ReceivePanel from './ReceivePanel.svelte';
import ShiftAction from './ShiftAction.svelte';
import ShiftChip from './ShiftChip.svelte';
import ShiftDialogs from './ShiftDialogs.svelte';
import { setUpShifts } from './setUpShifts.svelte.ts';

const events: DescribeEvents<'case.handedOver'> = {
	'case.handedOver': () => ({ icon: ArrowLeftRight, title: m.shifts_event_handedOver() }),
};

/** 当班: opened on the check, paused, handed over, closed; and the attendance that follows from it (S4.4c, S7.1a, L6). */
export const shifts: Feature = {
	name: 'shifts',
	// Those at a window come by the menu of their shift; their bar is full.
	pages: [{ href: '/attendance', roles: ['supervisor', 'administrator'], label: m.shifts_attendance_title }],
	signedIn: setUpShifts,
	barItem: ShiftChip,
	overlay: ShiftDialogs,
	deskAction: ShiftAction,
	checkAction: ShiftAction,
	deskPanels: [{ rank: 0.5, component: ReceivePanel }],
	jobs: { casesOfHandovers: m.shifts_job_cases },
	events,
};
