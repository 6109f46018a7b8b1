import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached, cacheRoot, machine } from './cache.mjs';
import { installPackages } from './debian.mjs';
import { download } from './download.mjs';
import { onPath } from './onPath.mjs';
import { npmCommand } from './npm.mjs';
import { CommandFailed, run } from './run.mjs';
import { StartProblem } from './startProblem.mjs';

const buildScript = fileURLToPath(new URL('../worker/build-worker.sh', import.meta.url));
const buildPackages =
	'g++ meson ninja-build pkg-config python3 libuv1-dev libssl-dev libsrtp2-dev libabsl-dev libflatbuffers-dev flatbuffers-compiler';
const buildTools = ['c++', 'meson', 'ninja', 'pkg-config', 'python3', 'flatc'];
const buildLibraries = ['libuv', 'openssl', 'libsrtp2', 'absl_strings', 'absl_optional', 'flatbuffers'];
/** How the worker answers when it is started by hand. */
const startedByHand = 41;

/**
 * mediasoup's worker: MEDIASOUP_WORKER_BIN, the cached one, the official binary, or built from the package's source.
 * @param {{ root: string, node: string }} place
 * @param {{ skip: (result: string) => void, result: string, detail: string }} step
 * @returns {Promise<string>} path of the binary
 */
export async function mediasoupWorker({ root, node }, step) {
	const given = process.env.MEDIASOUP_WORKER_BIN;
	if (given) {
		if (!runs(given)) {
			throw new StartProblem(
				`MEDIASOUP_WORKER_BIN (${given}) does not run as a mediasoup worker here.`,
				'Unset it, and the starter obtains one.',
			);
		}
		step.skip(`${given} (MEDIASOUP_WORKER_BIN)`);
		return given;
	}
	const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
	const { version, integrity } = lock.packages['node_modules/mediasoup'];
	const name = `mediasoup-worker-${version}-${machine}`;
	const present = join(cacheRoot, name, 'mediasoup-worker');
	if (existsSync(present) && runs(present)) {
		step.skip(version);
		return present;
	}
	rmSync(join(cacheRoot, name), { recursive: true, force: true });
	return cached(name, 'mediasoup-worker', async (draft) => {
		step.detail = 'looking for the official binary';
		if (await downloaded(version, draft)) {
			step.result = `${version}, official binary`;
			return;
		}
		await build({ version, integrity, node, draft }, step);
		step.result = `${version}, built here`;
	});
}

/** @param {string} version @param {string} draft @returns {Promise<boolean>} */
async function downloaded(version, draft) {
	const kernel = process.platform === 'linux' ? `-kernel${release().split('.')[0]}` : '';
	const file = `mediasoup-worker-${version}-${process.platform}-${process.arch}${kernel}.tgz`;
	const archive = join(draft, 'worker.tgz');
	const releases = 'https://github.com/versatica/mediasoup/releases/download';
	if (!(await download(`${releases}/${version}/${file}`, archive))) return false;
	try {
		await run('tar', ['-xzf', archive, '-C', draft]);
	} catch {
		return false;
	} finally {
		rmSync(archive, { force: true });
	}
	const binary = join(draft, 'mediasoup-worker');
	if (!existsSync(binary)) return false;
	chmodSync(binary, 0o755);
	if (runs(binary)) return true;
	rmSync(binary);
	return false;
}

/** @param {{ version: string, integrity: string, node: string, draft: string }} what @param {{ detail: string }} step */
async function build({ version, integrity, node, draft }, step) {
	const complete =
		buildTools.every(onPath) &&
		buildLibraries.every((name) => spawnSync('pkg-config', ['--exists', name]).status === 0);
	if (!complete) {
		step.detail = 'installing what building needs';
		await installPackages(buildPackages.split(' '), 'to build the media worker');
	}
	step.detail = 'fetching the source';
	const work = join(draft, 'work');
	mkdirSync(work);
	const [npm, args] = npmCommand(node);
	await run(npm, [...args, 'pack', '--silent', '--workspaces=false', `mediasoup@${version}`], { cwd: work });
	const archive = join(work, readdirSync(work).find((name) => name.endsWith('.tgz')) ?? '');
	const digest = createHash('sha512').update(readFileSync(archive)).digest('base64');
	if (integrity !== `sha512-${digest}`) {
		throw new StartProblem(
			`The source of mediasoup ${version} is not the one that package-lock.json names.`,
			'See which registry npm uses (npm config get registry).',
		);
	}
	await run('tar', ['-xzf', archive, '-C', work]);
	try {
		await run('sh', [buildScript, join(work, 'package'), join(draft, 'mediasoup-worker')], {
			env: { ...process.env, KEEP_BUILD: join(work, 'build') },
			onLine: (line) => (step.detail = /^\[\d+\/\d+\]/.exec(line)?.[0] ?? step.detail),
		});
	} catch (error) {
		if (!(error instanceof CommandFailed) || /No space left/i.test(error.output)) throw error;
		const log = join(cacheRoot, 'mediasoup-worker-build.log');
		writeFileSync(log, error.output);
		throw new StartProblem(
			`mediasoup's worker could not be built: ${error.output.split('\n').slice(-3).join('\n')}`,
			`The end of the build is in ${log}. A worker built elsewhere can be named in MEDIASOUP_WORKER_BIN.`,
		);
	}
	rmSync(work, { recursive: true });
}

/** @param {string} binary */
function runs(binary) {
	return spawnSync(binary, [], { env: {}, stdio: 'ignore' }).status === startedByHand;
}
