import type { LinkEnd } from '@counter-hub/shared/links/linkMeasurement.ts';
import type { HubContext } from '../../HubContext.ts';
import { nodeInReach, nodeOfCity } from '../media-nodes/nodesInReach.ts';

/** An end as it is put on record, with the node that its page comes in by to a room that stands on `homeId`. */
export async function endBy(
	hub: HubContext,
	{ cityCode, counterId, windowId, staffId }: Omit<LinkEnd, 'nodeId'>,
	homeId: string | null,
): Promise<LinkEnd> {
	const door =
		(await nodeOfCity(hub, cityCode)) ?? (homeId === null ? undefined : await nodeInReach(hub, homeId));
	return { cityCode, counterId, windowId, staffId, nodeId: door?.nodeId ?? null };
}
