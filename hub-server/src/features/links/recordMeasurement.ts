import type { LinkMeasurement, LinkPair } from '@counter-hub/shared/links/linkMeasurement.ts';
import type { HubContext } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { LINK_DAY, linkDayKey, linkDays } from './linkDays.ts';

/** Puts on the link's timeline what was measured; the same command twice is one measurement (L4). */
export async function recordMeasurement(
	hub: HubContext,
	pair: LinkPair,
	commandId: string,
	measurement: LinkMeasurement,
): Promise<void> {
	const key = linkDayKey(pair, measurement.date);
	const { events } = await timeline(hub).append({
		subject: `link:${pair}`,
		commandId,
		reads: [[linkDays, key]],
		decide: (view) => [
			{
				type: 'link.measured',
				data: measurement,
				actor: { kind: 'system', by: 'hub' },
				machine: `${LINK_DAY}:${key}`,
				version: (view.state(linkDays, key)?.version ?? 0) + 1,
			},
		],
	});
	// What is measured next goes by the documents: it must not be due a second time.
	await timeline(hub).projected(events);
}
