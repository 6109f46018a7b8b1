import Paperclip from '@lucide/svelte/icons/paperclip';
import ShieldAlert from '@lucide/svelte/icons/shield-alert';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Undo2 from '@lucide/svelte/icons/undo-2';
import type { fileEvents } from '@counter-hub/shared/files/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import FileDesk from './FileDesk.svelte';
import FilesHint from './FilesHint.svelte';
import FilesPanel from './FilesPanel.svelte';
import { kindWord, sizeWord } from './fileWords.ts';
import { filesApi } from './filesApi.ts';
import ScanPane from './ScanPane.svelte';
import { fileNewsOf, setUpFiles } from './setUpFiles.svelte.ts';
import { setUpUploads } from './Uploads.svelte.ts';

const events: DescribeEvents<keyof typeof fileEvents> = {
	'file.shared': ({ name, kind, size, scan }) => ({
		icon: Paperclip,
		title: m.files_event_shared({ name }),
		detail: [`${kindWord(kind)} ${sizeWord(size)}`, ...(scan === 'waived' ? [m.files_unscanned()] : [])].join(
			' · ',
		),
	}),
	'file.withdrawn': ({ reason }) => ({ icon: Undo2, title: m.files_event_withdrawn(), detail: reason }),
	'scan.waived': ({ reason }) => ({
		icon: ShieldAlert,
		title: m.files_event_waived(),
		detail: reason,
		tone: 'warn',
	}),
	'scan.required': ({ reason }) => ({ icon: ShieldCheck, title: m.files_event_required(), detail: reason }),
};

export const files: Feature = {
	name: 'files',
	signedIn: setUpUploads,
	callPanels: [
		{
			id: 'files',
			rank: 6,
			label: m.files_tab,
			fresh: (scene) => fileNewsOf(scene).fresh,
			component: FilesPanel,
		},
	],
	callParts: { setUp: setUpFiles, tag: FilesHint },
	caseTabs: [{ id: 'files', rank: 6, label: m.files_tab, component: FileDesk }],
	adminPanes: [{ id: 'scanning', label: m.files_scan_tab, component: ScanPane }],
	folded: {
		types: ['file.shared', 'file.withdrawn'],
		summary: (all) => {
			const shared = all.filter(({ type }) => type === 'file.shared').length;
			const back = all.length - shared;
			return back === 0 ? m.files_count({ n: shared }) : m.files_count_back({ n: shared, back });
		},
	},
	events,
	opened: {
		file: {
			label: m.files_thing,
			names: async (app, { id }) =>
				new Map((await filesApi.list(app.api, id)).state.map(({ fileId, name }) => [fileId, name])),
		},
	},
};
