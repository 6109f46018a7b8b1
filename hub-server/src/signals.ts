import { perHub } from './perHub.ts';
import { Signals } from './platform/stream/Signals.ts';

/** Messages between the hubs on one database; features listen while they register. */
export const signals = perHub((hub) => {
	const made = new Signals(hub.hubId, hub.connection, hub.logger, hub.metrics);
	hub.checks.push({ title: 'signals of other hubs', isReady: () => made.isOpen });
	hub.shutdown.add('work', 'signals between hubs', () => made.close());
	return made;
});
