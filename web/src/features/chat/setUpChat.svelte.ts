import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { m } from '#paraglide/messages.js';
import { Chat } from './Chat.svelte.ts';

const chats = new WeakMap<CallScene, Chat>();

/** The chat of a call; there from the moment in which the call is shown. */
export function chatOf(scene: CallScene): Chat {
	const known = chats.get(scene) ?? new Chat(scene);
	chats.set(scene, known);
	return known;
}

export function setUpChat(scene: CallScene): void {
	const chat = chatOf(scene);
	$effect(() => chat.news.follow());
	$effect(() => () => chat.close());
	$effect(() =>
		scene.app.keys.bind([{ keys: 'L', label: () => m.chat_open(), run: () => scene.open('chat') }]),
	);
}
