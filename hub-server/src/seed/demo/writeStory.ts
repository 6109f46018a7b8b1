import { Metrics } from '@counter-hub/shared/server/metrics.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import { timeline } from '../../features/timeline/timeline.ts';
import { Timelines } from '../../features/timeline/Timelines.ts';
import type { HubContext } from '../../HubContext.ts';

/** What a command of the demo's past appended, and when (ms since 1970). */
export interface StoryStep {
	readonly subject: string;
	readonly commandId: string;
	readonly at: number;
	readonly drafts: readonly EventDraft[];
}

/**
 * Appends everything in the order of time, by a writer whose clock is that of the stories: commands are decided one
 * after the other, so each sets the clock for the next. All are waiting at once, and so go in by the hundred. Documents
 * show them when it is done.
 */
export async function writeStory(hub: HubContext, story: readonly StoryStep[]): Promise<void> {
	const steps = story.toSorted((a, b) => a.at - b.at);
	let now = steps[0]?.at ?? 0;
	const { connection, logger } = hub;
	const writer = new Timelines({ connection, logger, metrics: new Metrics(), now: () => now });
	await Promise.all(
		steps.map(({ subject, commandId, drafts }, index) =>
			writer.append({
				subject,
				commandId,
				decide: () => {
					now = steps[index + 1]?.at ?? now;
					return drafts;
				},
			}),
		),
	);
	await writer.close();
	await timeline(hub).start();
}
