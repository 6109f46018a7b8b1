import { perHub } from './perHub.ts';
import { Jobs } from './platform/stream/Jobs.ts';

/** What is done once for all hubs; features add their jobs while they register. */
export const jobs = perHub((hub) => {
	const made = new Jobs(hub);
	hub.shutdown.add('intake', 'jobs', () => made.stop());
	return made;
});
