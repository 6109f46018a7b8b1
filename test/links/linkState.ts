import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { linkMatrix, type LinkMatrix } from '@counter-hub/shared/links/matrix.ts';
import { nodeRegistry } from '@counter-hub/hub-server/features/media-nodes/NodeRegistry.ts';
import { eventually } from '../platform/eventually.ts';
import type { TestHub } from '../platform/newHub.ts';
import { nodeOf } from '../platform/nodeOf.ts';
import type { TestClient } from '../platform/TestClient.ts';

/** A media node of that city, once the hub knows of it. */
export async function nodeAt(hub: TestHub, nodeId: string, city: CityCode | null) {
	const node = await nodeOf(hub, nodeId, city);
	await eventually(() => {
		if (!nodeRegistry(hub.context).find(nodeId, hub.context.now())) throw new Error('not registered');
	});
	return node;
}
export const read = async (client: TestClient, date?: string): Promise<LinkMatrix> =>
	linkMatrix.parse(await client.get(`/links/matrix${date === undefined ? '' : `?date=${date}`}`));
export function cellOf({ cells }: LinkMatrix, from: CityCode, to: CityCode) {
	const cell = cells.find((one) => one.from === from && one.to === to);
	if (!cell) throw new Error('there is no such cell');
	return cell;
}
/** State and findings of both directions. */
export async function linkOf(client: TestClient, one: CityCode, other: CityCode) {
	const matrix = await read(client);
	const [forth, back] = [cellOf(matrix, one, other), cellOf(matrix, other, one)];
	const kinds = (cell: typeof forth) =>
		cell.counters.flatMap(({ findings }) => findings.map(({ kind }) => kind));
	return { forth: [forth.state, ...kinds(forth)], back: [back.state, ...kinds(back)] };
}
export const measurements = async (hub: TestHub) =>
	hub.context.connection.collection('timeline_events').countDocuments({ type: 'link.measured' });
