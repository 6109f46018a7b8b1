import { enableCompileCache } from 'node:module';
import type { MediaConfig } from './config.ts';

// After a crash everybody in a call waits for this start: what was compiled once is not compiled again.
enableCompileCache();
const { ConfigError, loadConfig } = await import('./config.ts');
const { MediaNode } = await import('./MediaNode.ts');

/** Signals and exit only. Prints one line of JSON when ready; a wrong environment is one line on stderr and exit 1. */
const config = readConfig();
const starting = MediaNode.create(config);
let stopping = false;

function stop(reason: string): void {
	if (stopping) return;
	stopping = true;
	void starting
		.then((node) => node.close(reason))
		.then(
			() => process.exit(0),
			() => process.exit(1),
		);
}

process.on('SIGTERM', () => stop('SIGTERM'));
process.on('SIGINT', () => stop('SIGINT'));
if (config.stopOnStdinEnd) {
	process.stdin.on('end', () => stop('end of stdin'));
	process.stdin.on('error', () => stop('end of stdin'));
	process.stdin.resume();
}

try {
	const node = await starting;
	console.log(JSON.stringify({ ready: true, signalUrl: node.signalUrl, rtcPorts: node.rtcPorts }));
} catch (error) {
	fail(`The media node could not start: ${error instanceof Error ? error.message : String(error)}`);
}

function readConfig(): MediaConfig {
	try {
		return loadConfig();
	} catch (error) {
		if (error instanceof ConfigError) return fail(`Configuration: ${error.message}`);
		throw error;
	}
}

function fail(line: string): never {
	console.error(line.split('\n', 1)[0]);
	process.exit(1);
}
