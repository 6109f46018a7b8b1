import CheckCheck from '@lucide/svelte/icons/check-check';
import Eye from '@lucide/svelte/icons/eye';
import FilePenLine from '@lucide/svelte/icons/file-pen-line';
import MessageSquare from '@lucide/svelte/icons/message-square';
import MessageSquareCheck from '@lucide/svelte/icons/message-square-check';
import { formEvents } from '@counter-hub/shared/forms/events.ts';
import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import type { Feature, OpenedKind } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import FormPanel from './FormPanel.svelte';
import FormTab from './FormTab.svelte';
import { formsApi } from './formsApi.ts';
import { inWords } from './formWords.ts';
import { isFormFresh, setUpForms } from './setUpForms.svelte.ts';

const events: DescribeEvents<keyof typeof formEvents> = {
	'form.begun': ({ name }) => ({ icon: FilePenLine, title: m.forms_event_begun(), detail: name }),
	'form.saved': ({ fields }) => ({ icon: FilePenLine, title: m.forms_event_saved({ n: fields.length }) }),
	'form.commented': ({ text, label, name }) => ({
		icon: MessageSquare,
		title: text,
		written: true,
		detail: m.forms_event_commented({ label: label ?? name }),
	}),
	'form.commentSolved': () => ({ icon: MessageSquareCheck, title: m.forms_event_solved() }),
	'form.completed': ({ name, sha256 }) => ({
		icon: CheckCheck,
		title: m.forms_event_completed(),
		detail: m.forms_event_completed_detail({ name, hash: sha256.slice(0, 8) }),
		tone: 'ok',
	}),
	'form.unmasked': ({ reason }) => ({
		icon: Eye,
		title: m.forms_event_unmasked(),
		detail: m.event_person_unmasked_detail({ reason }),
	}),
};

/** `填写 6 项，留言 2 条、已解决 1 条，已完成` */
function summary(of: readonly EventView[]): string {
	const count = (type: EventView['type']) => of.filter((one) => one.type === type).length;
	const fields = new Set(
		of.flatMap(({ type, data }) => (type === 'form.saved' ? formEvents[type].parse(data).fields : [])),
	);
	return [
		fields.size > 0 && m.forms_event_saved({ n: fields.size }),
		count('form.commented') > 0 &&
			m.forms_summary_comments({ n: count('form.commented'), solved: count('form.commentSolved') }),
		count('form.completed') > 0 && m.forms_event_completed(),
	]
		.filter((part) => part !== false)
		.join(m.common_listComma());
}

const formNames: OpenedKind['names'] = async (app, { itemNo }) => {
	const all = await formsApi.definitions(app.api, itemNo);
	return new Map(all.map(({ formId, name }) => [formId, inWords(name)]));
};

export const forms: Feature = {
	name: 'forms',
	callParts: { setUp: setUpForms },
	callPanels: [
		{
			id: 'form',
			rank: 3,
			label: m.forms_tab,
			fresh: isFormFresh,
			component: FormPanel,
			scrolls: true,
		},
	],
	caseTabs: [{ id: 'form', rank: 3, label: m.forms_case_tab, component: FormTab }],
	folded: {
		types: ['form.begun', 'form.saved', 'form.commented', 'form.commentSolved', 'form.completed'],
		summary,
	},
	events,
	opened: {
		form: { label: m.forms_tab, names: formNames },
		formPrint: { label: m.forms_print_thing, names: formNames },
	},
};
