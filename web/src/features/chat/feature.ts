import MessageSquare from '@lucide/svelte/icons/message-square';
import type { chatEvents } from '@counter-hub/shared/chat/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import ChatHint from './ChatHint.svelte';
import ChatPanel from './ChatPanel.svelte';
import { chatOf, setUpChat } from './setUpChat.svelte.ts';

const events: DescribeEvents<keyof typeof chatEvents> = {
	'chat.said': ({ text }) => ({ icon: MessageSquare, title: text, written: true }),
};

export const chat: Feature = {
	name: 'chat',
	callPanels: [
		{
			id: 'chat',
			rank: 2,
			label: m.chat_tab,
			fresh: (scene) => chatOf(scene).news.fresh,
			component: ChatPanel,
			scrolls: true,
		},
	],
	callParts: { setUp: setUpChat, tag: ChatHint },
	folded: { types: ['chat.said'], summary: (said) => m.chat_count({ n: said.length }) },
	events,
};
