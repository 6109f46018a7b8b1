import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandFailed, run } from './run.mjs';
import { StartProblem } from './startProblem.mjs';

const seedFolder = join('hub-server', 'src', 'seed');

/**
 * @typedef {{ city: string, role: string, name: string, password: string | null }} SignIn password null:
 *   it is random and was shown when it was made
 */

/**
 * What was loaded into the starter's own database before, if that still holds.
 * @param {{ root: string, empty: boolean, randomPasswords: boolean, stamp: string | undefined }} options
 * @returns {SignIn[] | undefined}
 * @throws {StartProblem} when demo data are there and none are wanted
 */
export function loadedBefore({ root, empty, randomPasswords, stamp }) {
	if (!stamp || !existsSync(stamp)) return undefined;
	const noted = JSON.parse(readFileSync(stamp, 'utf8'));
	// Begun empty, a database is somebody's real one: it never gets demo data.
	if (noted.empty) return noted.signIns;
	if (empty) {
		throw new StartProblem(
			'This data folder has demo data.',
			'For a start without them, set DATA_DIR to a new folder.',
		);
	}
	return noted.made === made(root, randomPasswords) ? noted.signIns : undefined;
}

/**
 * Fills a database: with demo data, or with a first administrator only.
 * @param {object} options
 * @param {string} options.root
 * @param {string} options.node
 * @param {NodeJS.ProcessEnv} options.env as for the hub
 * @param {boolean} options.empty
 * @param {boolean} options.randomPasswords
 * @param {string | undefined} options.stamp where to note what was done; undefined for a database of others
 * @param {{ result: string }} step
 * @returns {Promise<SignIn[]>}
 */
export async function seed({ root, node, env, empty, randomPasswords, stamp }, step) {
	const script = join(root, seedFolder, 'main.ts');
	const flags = [empty ? '--empty' : '--demo', ...(randomPasswords ? ['--random-passwords'] : [])];
	let signIns;
	try {
		const out = await run(node, [script, ...flags], { cwd: root, env });
		const line = out.split('\n').findLast((text) => text.startsWith('{"signIns"')) ?? '{"signIns":[]}';
		signIns = JSON.parse(line).signIns;
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		throw new StartProblem(
			`The first data could not be loaded: ${error.output.split('\n').slice(-6).join('\n')}`,
			'Set DATA_DIR to another folder for fresh data, or see that MONGODB_URL names a database of this product.',
		);
	}
	if (stamp) {
		// Fixed demo passwords are no secret; random ones are shown once and kept nowhere.
		const kept = randomPasswords || empty ? signIns.map((entry) => ({ ...entry, password: null })) : signIns;
		mkdirSync(dirname(stamp), { recursive: true });
		writeFileSync(stamp, JSON.stringify({ made: made(root, randomPasswords), empty, signIns: kept }), {
			mode: 0o600,
		});
	}
	step.result = empty ? 'a first administrator' : `${signIns.length} sign-ins`;
	return signIns;
}

/** Names what the seed would make: when its sources change, it runs again. @param {string} root @param {boolean} randomPasswords */
function made(root, randomPasswords) {
	const hash = createHash('sha256').update(String(randomPasswords));
	const folder = join(root, seedFolder);
	for (const name of readdirSync(folder, { recursive: true }).map(String).sort()) {
		if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(folder, name)));
	}
	return hash.digest('hex').slice(0, 16);
}
