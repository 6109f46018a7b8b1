import { untrack } from 'svelte';
import { m } from '#paraglide/messages.js';
import type { App } from '#platform/App.svelte.ts';
import type { CallController } from './CallController.svelte.ts';
import { partyWord } from './words.ts';

/** A reload of the other page takes about a second; less is not worth a word. */
const GONE_AFTER_MS = 2500;

/**
 * Follows whether the other side is in the room, and announces that it came, left and returned.
 * Call while a component is being made: it lives as long as that.
 */
export function watchOther(call: CallController, app: App): void {
	const other = $derived(call.phase.kind === 'inCall' ? (call.sides?.other ?? null) : null);
	const present = $derived.by(() => {
		const { media } = call;
		// While the own connection is down nothing is known of the other one.
		if (!other || media?.state.connection !== 'connected') return null;
		return media.state.participants.some((one) => one.participantId === other.participantId && one.connected);
	});
	let known: string | null = null;

	$effect(() => {
		call.otherPresent = present;
	});
	$effect(() => {
		if (!other || present === null) return;
		const who = partyWord(other);
		if (present) {
			const returned = known === other.participantId && untrack(() => call.otherGoneSince) !== null;
			if (known !== other.participantId || returned) {
				app.announcer.speak(returned ? m.call_other_back({ who }) : m.call_other_here({ who }));
			}
			known = other.participantId;
			call.otherGoneSince = null;
			return;
		}
		const since = untrack(() => app.clock.now);
		const timer = setTimeout(() => {
			call.otherGoneSince ??= since;
			app.announcer.speak(m.call_other_left({ who }));
		}, GONE_AFTER_MS);
		return () => clearTimeout(timer);
	});
}
