import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand } from './npm.mjs';
import { CommandFailed, run } from './run.mjs';
import { environmentWith } from './runtime.mjs';
import { StartProblem } from './startProblem.mjs';

/**
 * Installs the packages of the lockfile, unless they are installed.
 * @param {{ root: string, node: string }} place
 * @param {{ skip: (result: string) => void, result: string }} step
 */
export async function installDependencies({ root, node }, step) {
	const stamp = join(root, 'node_modules', '.counter-hub-stamp');
	const lock = readFileSync(join(root, 'package-lock.json'));
	const wanted = createHash('sha256')
		.update(lock)
		.update(`${process.platform}-${process.arch}`)
		.digest('hex');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return step.skip('installed');
	// Installed by hand, or the lockfile changed in nothing that is installed.
	if (holds(root, lock)) {
		writeFileSync(stamp, wanted);
		return step.skip('installed');
	}

	const [npm, args] = npmCommand(node);
	// Any value keeps mediasoup's install script from a download that may take long to fail.
	const env = { ...environmentWith(node), MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN || 'later' };
	try {
		await run(npm, [...args, 'ci', '--no-audit', '--no-fund'], { cwd: root, env });
	} catch (error) {
		if (!(error instanceof CommandFailed) || /ENOSPC/.test(error.output)) throw error;
		throw new StartProblem(
			`npm could not install the packages.\n${error.output.split('\n').slice(-12).join('\n')}`,
			'See that npm reaches its registry (npm ping) and that package.json fits package-lock.json, then start again.',
		);
	}
	writeFileSync(stamp, wanted);
	step.result = 'installed by npm ci';
}

/** Whether npm's own record of `node_modules`, written last, has every package of the lockfile. */
function holds(/** @type {string} */ root, /** @type {Buffer} */ lock) {
	const record = join(root, 'node_modules', '.package-lock.json');
	if (!existsSync(record)) return false;
	const there = JSON.parse(readFileSync(record, 'utf8')).packages;
	return Object.entries(JSON.parse(String(lock)).packages).every(
		([path, { version, integrity, optional, link, peer }]) =>
			!path.startsWith('node_modules/') ||
			(there[path]
				? link || (there[path].version === version && there[path].integrity === integrity)
				: optional || peer),
	);
}
