import { flushCompileCache } from 'node:module';
import { ConfigError } from './environment.ts';

/** When those who waited for the start have been served. */
const KEEP_COMPILED_AFTER_MS = 5_000;

interface Closable {
	close(reason: string): Promise<void>;
}

interface ServerParts<C, S> {
	/** As in “The hub could not start”. */
	title: string;
	/** Throws `ConfigError`. */
	loadConfig: () => C;
	create: (config: C) => Promise<S>;
	/** What the ready line says. */
	describe: (server: S) => Record<string, unknown>;
}

/**
 * A server's whole process: signals and exit only. Prints one line of JSON when ready; a wrong environment, or a start
 * that fails, is one line on stderr and exit 1.
 */
export async function runServer<C extends { stopOnStdinEnd: boolean }, S extends Closable>({
	title,
	loadConfig,
	create,
	describe,
}: ServerParts<C, S>): Promise<void> {
	const config = configOrExit(loadConfig);
	const starting = create(config);
	let stopping = false;

	function stop(reason: string): void {
		if (stopping) return;
		stopping = true;
		void starting
			.then((server) => server.close(reason))
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
		const server = await starting;
		process.stdout.write(`${JSON.stringify({ ready: true, ...describe(server) })}\n`);
		// Otherwise it is written at the end, which a process that is killed does not see; and then haste is needed most.
		setTimeout(flushCompileCache, KEEP_COMPILED_AFTER_MS).unref();
	} catch (error) {
		fail(`The ${title} could not start: ${error instanceof Error ? error.message : String(error)}`);
	}
}

function configOrExit<C>(loadConfig: () => C): C {
	try {
		return loadConfig();
	} catch (error) {
		if (error instanceof ConfigError) return fail(`Configuration: ${error.message}`);
		throw error;
	}
}

function fail(line: string): never {
	process.stderr.write(`${line.split('\n', 1).join()}\n`);
	process.exit(1);
}
