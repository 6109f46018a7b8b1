import { enableCompileCache } from 'node:module';

// After a crash everybody in a call waits for this start: what was compiled once is not compiled again.
enableCompileCache();
const { runServer } = await import('@counter-hub/shared/server/runServer.ts');
const { loadConfig } = await import('./config.ts');
const { MediaNode } = await import('./MediaNode.ts');

await runServer({
	title: 'media node',
	loadConfig: () => loadConfig(),
	create: (config) => MediaNode.create(config),
	describe: ({ signalUrl, rtcPorts }) => ({ signalUrl, rtcPorts }),
});
