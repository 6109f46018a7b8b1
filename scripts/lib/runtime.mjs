import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';
import { cached, cacheRoot, machine } from './cache.mjs';
import { npmCommand } from './npm.mjs';
import { run } from './run.mjs';
import { StartProblem } from './startProblem.mjs';

const pinned = '24.21.0';
const folder = `node-${pinned}-${machine}`;

/**
 * The Node that runs the product: the cached one, the machine's own where it is new enough, else fetched.
 * Never the one inside `node_modules`, which an installation deletes.
 * @param {{ skip: (result: string) => void, result: string }} step
 * @returns {Promise<string>} path of the binary
 */
export async function productNode(step) {
	const fetched = join(cacheRoot, folder, 'bin', 'node');
	if (existsSync(fetched)) {
		step.skip(pinned);
		return fetched;
	}
	for (const binary of candidates()) {
		const version = versionOf(binary);
		if (version && isEnough(version)) {
			step.skip(`${version}, the machine's own`);
			return binary;
		}
	}
	const path = await cached(folder, join('bin', 'node'), fetch);
	step.result = `${pinned}, fetched`;
	return path;
}

/** The environment in which `node` is the product's Node. @param {string} node */
export function environmentWith(node) {
	return { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
}

/** @param {string} draft */
async function fetch(draft) {
	const work = join(draft, 'work');
	mkdirSync(work);
	writeFileSync(join(work, 'package.json'), '{"private":true}');
	const [npm, args] = npmCommand(process.execPath);
	try {
		const options = ['--prefix', work, '--no-audit', '--no-fund', '--no-package-lock', '--workspaces=false'];
		await run(npm, [...args, 'install', ...options, `node@${pinned}`], { cwd: work });
	} catch (error) {
		throw new StartProblem(
			`Node ${pinned} could not be fetched: ${error instanceof Error ? error.message : error}`,
			`See that npm reaches its registry (npm ping), or install Node ≥ ${pinned} and start again.`,
		);
	}
	mkdirSync(join(draft, 'bin'));
	renameSync(join(work, 'node_modules', 'node', 'bin', 'node'), join(draft, 'bin', 'node'));
	rmSync(work, { recursive: true });
	if (!isEnough(versionOf(join(draft, 'bin', 'node')) ?? '')) {
		throw new StartProblem(
			'The fetched Node does not run on this machine.',
			`Install Node ≥ ${pinned} another way (on Debian, libatomic1 may be missing) and start again.`,
		);
	}
}

function candidates() {
	const onPath = (process.env.PATH ?? '').split(delimiter).map((part) => join(part, 'node'));
	const unique = new Set([process.execPath, ...onPath]);
	return [...unique].filter((path) => !path.split(sep).includes('node_modules') && existsSync(path));
}

/** @param {string} binary */
function versionOf(binary) {
	if (binary === process.execPath) return process.versions.node;
	const { status, stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
	return status === 0 ? stdout.trim().replace(/^v/, '') : undefined;
}

/** @param {string} version */
function isEnough(version) {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const [wantedMajor = 0, wantedMinor = 0] = pinned.split('.').map(Number);
	return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
