import Pencil from '@lucide/svelte/icons/pencil';
import type { noteEvents } from '@counter-hub/shared/notes/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import NoteInput from './NoteInput.svelte';
import NoteList from './NoteList.svelte';

const events: DescribeEvents<keyof typeof noteEvents> = {
	'case.noted': ({ text }) => ({ icon: Pencil, title: text, written: true }),
};

export const notes: Feature = {
	name: 'notes',
	caseTabs: [{ id: 'notes', rank: 7, label: m.notes_tab, component: NoteList }],
	timelineFoot: NoteInput,
	events,
};
