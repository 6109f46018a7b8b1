import { runServer } from '@counter-hub/shared/server/runServer.ts';
import { loadConfig } from './config.ts';
import { HubServer } from './HubServer.ts';

await runServer({
	title: 'hub',
	loadConfig: () => loadConfig(),
	create: (config) => HubServer.create(config),
	describe: ({ url }) => ({ url }),
});
