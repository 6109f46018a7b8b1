import { perHub } from '../../perHub.ts';
import type { HubContext } from '../../HubContext.ts';

const turns = perHub(() => new Map<string, Promise<void>>());

/** Loss and greeting of one node are dealt with in the order in which they happened. */
export function inTurn(hub: HubContext, nodeId: string, work: () => Promise<void>): Promise<void> {
	const before = turns(hub).get(nodeId) ?? Promise.resolve();
	const turn = before.then(work);
	const over = turn
		.catch(() => undefined)
		.then(() => {
			if (turns(hub).get(nodeId) === over) turns(hub).delete(nodeId);
		});
	turns(hub).set(nodeId, over);
	return turn;
}
