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
 * @typedef {object} FirstData
 * @property {string} root
 * @property {boolean} empty a first administrator only
 * @property {boolean} randomPasswords
 * @property {boolean} isOwn the database is the starter's own, and changes only through the product
 * @property {string} stamp where to note what was done
 */

/**
 * What was loaded into the starter's own database before, if that still holds.
 * @param {FirstData} wanted
 * @returns {SignIn[] | undefined}
 * @throws {StartProblem} when demo data are there and none are wanted
 */
export function loadedBefore({ root, empty, randomPasswords, isOwn, stamp }) {
	const noted = isOwn ? read(stamp) : undefined;
	if (!noted || noted.empty) return noted?.signIns;
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
 * @param {FirstData & { node: string, env: NodeJS.ProcessEnv }} wanted env: as for the hub
 * @param {{ result: string }} step
 * @returns {Promise<SignIn[]>}
 */
export async function seed({ node, env, ...wanted }, step) {
	const { root, randomPasswords, stamp } = wanted;
	// Begun empty, a database is somebody's real one: it never gets demo data.
	const empty = wanted.empty || read(stamp)?.empty === true;
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
	// Fixed demo passwords are no secret; random ones are shown once and kept nowhere.
	const kept = randomPasswords || empty ? signIns.map((entry) => ({ ...entry, password: null })) : signIns;
	mkdirSync(dirname(stamp), { recursive: true });
	const note = { made: made(root, randomPasswords), empty, signIns: kept };
	writeFileSync(stamp, JSON.stringify(note), { mode: 0o600 });
	step.result = empty ? 'a first administrator' : `${signIns.length} sign-ins`;
	return signIns;
}

/** @param {string} stamp @returns {{ made: string, empty: boolean, signIns: SignIn[] } | undefined} */
function read(stamp) {
	return existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : undefined;
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
