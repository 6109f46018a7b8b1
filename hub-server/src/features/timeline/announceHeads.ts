import type { HubContext } from '../../HubContext.ts';
import { TIMELINE_HEADS_INTERVAL, TIMELINE_PAGE_MAX } from '../../limits.ts';
import { timeline } from './timeline.ts';

/**
 * Every ten seconds tells those who watch a timeline how far it goes, so that a client finds out even that the last
 * event was lost on the way, or was appended by another hub.
 * @param watched subjects somebody watches now
 * @param tell sends one subject's head to its watchers
 */
export function announceHeads(
	hub: HubContext,
	title: string,
	watched: () => readonly string[],
	tell: (subject: string, seq: number) => void,
): void {
	hub.sweeper.every(TIMELINE_HEADS_INTERVAL, title, async () => {
		const subjects = watched();
		for (let i = 0; i < subjects.length; i += TIMELINE_PAGE_MAX) {
			const heads = await timeline(hub).heads(subjects.slice(i, i + TIMELINE_PAGE_MAX));
			for (const [subject, seq] of heads) tell(subject, seq);
		}
	});
}
