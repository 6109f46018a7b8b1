import { enableCompileCache } from 'node:module';

// After a restart all pages wait for this start: what was compiled once is not compiled again.
enableCompileCache();
const { runServer } = await import('@counter-hub/shared/server/runServer.ts');
const { loadConfig } = await import('./config.ts');
const { HubServer } = await import('./HubServer.ts');

await runServer({
	title: 'hub',
	loadConfig: () => loadConfig(),
	create: (config) => HubServer.create(config),
	describe: ({ url }) => ({ url }),
});
