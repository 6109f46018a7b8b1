import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Progress } from './progress.mjs';
import { abortCommands, CommandFailed, run } from './run.mjs';
import { explain } from './startProblem.mjs';
import { toolEnvironment } from './toolEnvironment.mjs';
import { obtainTools } from './tools.mjs';
import { builtPage } from './webBuild.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs a TypeScript program of test/ with the set-up of `npm start` and a browser; ends this process with
 * the program's status. The set-up tells its progress on stderr: stdout is the program's.
 * @param {string} path below the project
 * @param {string[]} args
 */
export async function dispatch(path, args) {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.on(signal, () => {
			abortCommands();
			process.exit(1);
		});
	}
	const progress = new Progress({ out: process.stderr });
	try {
		const tools = await obtainTools({ root, progress, needsBrowser: true });
		await tools.installed;
		await progress.step('web', 'Web page', (step) => builtPage({ root, node: tools.node }, step));
		const env = await toolEnvironment(tools);
		await run(tools.node, [join(root, path), ...args], { cwd: root, env, inherit: true });
		process.exit(0);
	} catch (error) {
		progress.close();
		if (error instanceof CommandFailed && error.output === '') process.exit(error.code);
		const { message, remedy } = explain(error);
		process.stderr.write(`\n✗ ${message}\n  ${remedy.replaceAll('\n', '\n  ')}\n`);
		process.exit(1);
	}
}

/** @param {string} path below the project */
export function exists(path) {
	return existsSync(join(root, path));
}
