/**
 * The hub in a process that also takes the line `burst <n> <case id>` on stdin: it tells everybody who watches the
 * case of its last event, n times, by the function that tells of every appended event.
 */
import { flushCompileCache } from 'node:module';
import { loadConfig } from '@counter-hub/hub-server/config.ts';
import { tellWatchers } from '@counter-hub/hub-server/features/cases/tellCases.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { HubServer } from '@counter-hub/hub-server/HubServer.ts';
import { subjectOfCase } from '@counter-hub/shared/cases/subjectOfCase.ts';
import { onBurst } from './burst.ts';

const { context, url } = await HubServer.create(loadConfig());
onBurst(async (caseId) => {
	const { events } = await timeline(context).page(subjectOfCase(caseId), { limit: 1 });
	return () => tellWatchers(context, events);
});
console.log(JSON.stringify({ ready: true, url }));
// As the hub's own process does; the bench kills it.
setTimeout(flushCompileCache, 1000).unref();
