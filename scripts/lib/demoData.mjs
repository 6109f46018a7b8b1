import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandFailed, run } from './run.mjs';
import { StartProblem } from './startProblem.mjs';

/**
 * @typedef {{ city: string, role: string, name: string, password: string | null }} SignIn password null:
 *   it is random and was shown when it was made
 */

/**
 * Fills an empty database: with demo data, or with a first administrator only.
 * @param {object} options
 * @param {string} options.root
 * @param {string} options.node
 * @param {NodeJS.ProcessEnv} options.env as for the hub
 * @param {boolean} options.empty
 * @param {boolean} options.randomPasswords
 * @param {string | undefined} options.stamp where to note what was done; undefined for a database of others
 * @param {{ skip: (result: string) => void, result: string }} step
 * @returns {Promise<SignIn[]>}
 */
export async function seed({ root, node, env, empty, randomPasswords, stamp }, step) {
	const script = join(root, 'hub-server', 'src', 'seed', 'main.ts');
	const wanted = JSON.stringify([digest(dirname(script)), empty, randomPasswords]);
	const noted = stamp && existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : undefined;
	if (noted?.wanted === wanted) {
		step.skip('loaded');
		return noted.signIns;
	}
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
		writeFileSync(stamp, JSON.stringify({ wanted, signIns: kept }), { mode: 0o600 });
	}
	step.result = empty ? 'a first administrator' : `${signIns.length} sign-ins`;
	return signIns;
}

/** Of the seed's sources: when they change, it runs again and adds what is new. @param {string} folder */
function digest(folder) {
	const hash = createHash('sha256');
	for (const name of readdirSync(folder).sort()) {
		if (name.endsWith('.ts') || name.endsWith('.json'))
			hash.update(name).update(readFileSync(join(folder, name)));
	}
	return hash.digest('hex').slice(0, 16);
}
