import type {
	CallMeasurement,
	LinkMeasurement,
	LinkPair,
} from '@counter-hub/shared/links/linkMeasurement.ts';
import type { HubContext } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import type { TimelineEvent } from '../timeline/types.ts';
import { LINK_DAY, linkDayKey, linkDays } from './linkDays.ts';

type Measured =
	{ type: 'link.measured'; data: LinkMeasurement } | { type: 'link.heard'; data: CallMeasurement };

/**
 * Puts on the link's timeline what was measured, by an exchange or in a call; the same command twice is one measurement
 * (L4).
 */
export async function recordMeasurement(
	hub: HubContext,
	pair: LinkPair,
	commandId: string,
	measured: Measured,
): Promise<void> {
	const events = await appendMeasurement(hub, pair, commandId, measured);
	// What is measured next goes by the documents: it must not be due a second time.
	await timeline(hub).projected(events);
}

/** The same without waiting for the documents. */
export async function appendMeasurement(
	hub: HubContext,
	pair: LinkPair,
	commandId: string,
	measured: Measured,
): Promise<readonly TimelineEvent[]> {
	const key = linkDayKey(pair, measured.data.date);
	const { events } = await timeline(hub).append({
		subject: `link:${pair}`,
		commandId,
		reads: [[linkDays, key]],
		decide: (view) => [
			{
				...measured,
				actor: { kind: 'system', by: 'hub' },
				machine: `${LINK_DAY}:${key}`,
				version: (view.state(linkDays, key)?.version ?? 0) + 1,
			},
		],
	});
	return events;
}
