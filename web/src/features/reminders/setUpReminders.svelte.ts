import type { App } from '#platform/App.svelte.ts';
import { OpenReminders, setOpenReminders } from './OpenReminders.svelte.ts';
import { chipWord } from './reminderWords.ts';

/** Whoever is concerned hears of a missed check on whatever page. */
export function setUpReminders(app: App): void {
	const open = setOpenReminders(new OpenReminders(app));
	$effect(() => {
		if (!open.isConcerned) return;
		return open.follow(() => {
			if (open.list.length > 0) app.announcer.say(chipWord(open), 'bad');
		});
	});
}
