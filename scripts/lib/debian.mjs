import { CommandFailed, run } from './run.mjs';
import { onPath } from './onPath.mjs';
import { StartProblem } from './startProblem.mjs';

let queue = Promise.resolve();
let listsRead = false;

/**
 * Installs Debian packages, one call at a time. apt-get is never interrupted: half-done work of a package
 * manager is worse than one that finishes after the starter.
 * @param {string[]} packages
 * @param {string} purpose such as `to build the media worker`
 * @throws {StartProblem} without root or without apt-get
 */
export function installPackages(packages, purpose) {
	const result = queue.then(() => install(packages, purpose));
	queue = result.catch(() => undefined);
	return result;
}

/** @param {string[]} packages @param {string} purpose */
async function install(packages, purpose) {
	const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
	if (!onPath('apt-get')) {
		throw new StartProblem(
			`Packages are missing ${purpose}, and this is not a Debian system.`,
			`Install what Debian 12 calls: ${packages.join(' ')}`,
		);
	}
	if (process.getuid?.() !== 0) {
		throw new StartProblem(
			`Packages are missing ${purpose}, and this user may not install them.`,
			`Run this once, then start again:\n  sudo apt-get update && sudo ${command}`,
		);
	}
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const wait = [
		'-o',
		'DPkg::Lock::Timeout=180',
		'-o',
		'Acquire::http::Timeout=20',
		'-o',
		'Acquire::Retries=2',
	];
	try {
		if (!listsRead) await run('apt-get', [...wait, 'update', '-qq'], { env, unleashed: true });
		listsRead = true;
		const args = [...wait, 'install', '-y', '-qq', '--no-install-recommends', ...packages];
		await run('apt-get', args, { env, unleashed: true });
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		throw new StartProblem(
			`apt-get could not install what is missing ${purpose}.\n${error.output.split('\n').slice(-6).join('\n')}`,
			`See that the package mirror is reachable, then try: apt-get update && ${command}`,
		);
	}
}
