import { parseArgs } from 'node:util';
import { loadConfig } from './config.ts';
import { rebuildProjections } from './features/timeline/rebuildProjections.ts';
import { timeline } from './features/timeline/timeline.ts';
import { HubServer } from './HubServer.ts';

/**
 * `node hub-server/src/rebuild.ts [--projection <name>] [--subject case:<id>]`, with the hub's environment.
 * Makes the projections anew from the events; hubs may go on working meanwhile.
 */
const { values } = parseArgs({ options: { projection: { type: 'string' }, subject: { type: 'string' } } });
try {
	const hub = await HubServer.create(loadConfig(), { serve: false });
	const { timelines, events, documents } = await rebuildProjections(timeline(hub.context), values).finally(
		() => hub.close('rebuilding is over'),
	);
	process.stdout.write(`${documents} documents made from ${events} events on ${timelines} timelines\n`);
} catch (error) {
	process.stderr.write(`Not rebuilt: ${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
