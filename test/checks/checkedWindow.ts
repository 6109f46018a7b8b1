import { randomUUID } from 'node:crypto';
import type { CheckFinding, NodePath } from '@counter-hub/shared/checks/items.ts';
import type { TestClient } from '../platform/TestClient.ts';

const PATH: NodePath = {
	reached: true,
	seconds: 5,
	roundTripMs: 4,
	lossPercent: 0,
	jitterMs: 1,
	upBitrate: 2e6,
	downBitrate: 2e6,
};
/** What is found where everything that is needed works. */
export const ALL_WELL: readonly CheckFinding[] = [
	{ item: 'camera', picture: { width: 1280, height: 720, framesPerSecond: 25 } },
	{ item: 'microphone', level: { peak: -20, floor: -60 } },
	{ item: 'node', udp: PATH, tcp: { ...PATH, seconds: 2 } },
];

/** A window of somebody's counter with everything looked at that is needed. Returns its id. */
export async function checkedWindow(client: TestClient, number = 1): Promise<string> {
	const windowId = (await client.me()).counter?.windows.find((one) => one.number === number)?.id;
	if (windowId === undefined) throw new Error('there is no window');
	for (const found of ALL_WELL)
		await client.post('/checks/items', { commandId: randomUUID(), windowId, found });
	return windowId;
}
