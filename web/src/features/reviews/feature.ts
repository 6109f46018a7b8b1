import FileText from '@lucide/svelte/icons/file-text';
import FileCheck from '@lucide/svelte/icons/file-check';
import LampDesk from '@lucide/svelte/icons/lamp-desk';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Sigma from '@lucide/svelte/icons/sigma';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import { reviewEvents } from '@counter-hub/shared/reviews/events.ts';
import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import type { Feature } from '#Feature.ts';
import { conclusionWord } from '#features/sessions/words.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import CalledBand from './CalledBand.svelte';
import CallNotice from './CallNotice.svelte';
import Checklist from './Checklist.svelte';
import { MATERIALS_PANEL } from './materialsPanel.ts';
import NoticePreview from './NoticePreview.svelte';
import ReviewFoot from './ReviewFoot.svelte';
import ReviewTab from './ReviewTab.svelte';
import SettingsPane from './SettingsPane.svelte';
import { setUpReview } from './setUpReview.svelte.ts';

const events: DescribeEvents<keyof typeof reviewEvents> = {
	'review.called': ({ materialNo }) => ({
		icon: LampDesk,
		title: m.reviews_event_called({ no: materialNo }),
	}),
	'review.marked': ({ materialNo, verdict, needed, neededWhy, reasons, bring }) => ({
		icon: ListChecks,
		title: m.reviews_event_marked({ no: materialNo, verdict: verdictWord(verdict, needed) }),
		detail: [neededWhy, reasons.join('；'), bring && m.reviews_bring_line({ what: bring })]
			.filter((line) => line !== '')
			.join('\n'),
		...(verdict === 'fix' && { tone: 'warn' }),
		...(verdict === 'pass' && { tone: 'ok' }),
	}),
	'review.counted': ({ materialNo, originals, copies }) => ({
		icon: Sigma,
		title: m.reviews_event_counted({ no: materialNo }),
		detail: m.reviews_counted({ originals, copies }),
	}),
	'review.ended': ({ round, conclusion, passed, toFix, open }) => ({
		icon: ListChecks,
		title: m.reviews_event_ended({ n: round, conclusion: conclusionWord(conclusion) }),
		detail: m.reviews_event_ended_detail({ passed, toFix, open }),
	}),
	'review.noticeIssued': ({ noticeNo, entries }) => ({
		icon: FileText,
		title: m.reviews_event_notice({ no: noticeNo }),
		detail: entries.map(({ materialName, reasons }) => `${materialName} ${reasons.join('；')}`).join('\n'),
		tone: 'warn',
	}),
	'review.noticeFiled': ({ sha256 }) => ({
		icon: FileCheck,
		title: m.reviews_event_filed(),
		detail: `SHA-256 ${sha256.slice(0, 8)}…`,
	}),
	'city.reviewSettings': ({ stillOnPass }) => ({
		icon: SlidersHorizontal,
		title: m.reviews_event_settings(),
		detail: stillOnPass ? m.reviews_setting_on() : m.reviews_setting_off(),
	}),
};

function verdictWord(verdict: 'pass' | 'fix' | null, needed: boolean | null): string {
	if (needed === false) return m.reviews_not_needed();
	if (verdict === null) return m.reviews_open();
	return verdict === 'pass' ? m.reviews_pass() : m.reviews_fix();
}

/** Each material counts as it was marked last. `marked`: newest first. */
function summaryOf(marked: readonly EventView[]): string {
	const last = new Map<number, 'pass' | 'fix' | null>();
	for (const { type, data } of marked) {
		const mark = type === 'review.marked' ? reviewEvents[type].safeParse(data).data : undefined;
		if (mark && !last.has(mark.materialNo)) last.set(mark.materialNo, mark.verdict);
	}
	const count = (which: 'pass' | 'fix') => [...last.values()].filter((one) => one === which).length;
	return last.size === 0 ? '' : m.reviews_summary({ passed: count('pass'), toFix: count('fix') });
}

export const reviews: Feature = {
	name: 'reviews',
	callPanels: [
		{
			id: MATERIALS_PANEL,
			rank: 1,
			label: m.call_tab_materials,
			count: ({ materials }) => materials.length,
			component: Checklist,
		},
	],
	callParts: {
		setUp: setUpReview,
		band: CalledBand,
		foot: ReviewFoot,
		conclusion: NoticePreview,
		result: CallNotice,
	},
	caseTabs: [
		{
			id: 'materials',
			rank: 1,
			label: m.case_tab_materials,
			count: ({ materials }) => materials.length,
			component: ReviewTab,
		},
	],
	adminPanes: [{ id: 'reviews', label: m.reviews_settings_tab, component: SettingsPane }],
	folded: { types: ['review.called', 'review.marked', 'review.counted'], summary: summaryOf },
	jobs: { notices: m.reviews_job_notices, reasons: m.reviews_job_reasons },
	events,
};
