import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npmCommand } from './npm.mjs';
import { CommandFailed, run } from './run.mjs';
import { environmentWith } from './runtime.mjs';
import { StartProblem } from './startProblem.mjs';

const sources = [
	'web/src',
	'web/messages',
	'web/project.inlang/settings.json',
	'web/static',
	'web/vite.config.ts',
	'web/package.json',
	'shared/src',
];
const generated = new Set(['paraglide', 'node_modules', 'build', '.svelte-kit']);

/**
 * Builds the web page, unless it was built from these very sources.
 * @param {{ root: string, node: string }} place
 * @param {{ skip: (result: string) => void, result: string, detail: string }} step
 * @returns {Promise<string>} the folder that the hub serves
 */
export async function builtPage({ root, node }, step) {
	const folder = join(root, 'web', 'build');
	const stamp = join(root, 'web', '.svelte-kit', 'counter-hub-build');
	const wanted = digest(root);
	if (existsSync(join(folder, '200.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
		step.skip('up to date');
		return folder;
	}
	rmSync(stamp, { force: true });
	const [npm, args] = npmCommand(node);
	try {
		for (const script of ['prepare', 'build']) {
			step.detail = script;
			const options = { cwd: join(root, 'web'), env: environmentWith(node) };
			await run(npm, [...args, 'run', '--silent', script], options);
		}
	} catch (error) {
		if (!(error instanceof CommandFailed) || /ENOSPC/.test(error.output)) throw error;
		throw new StartProblem(
			`The web page does not build:\n${error.output.split('\n').slice(-20).join('\n')}`,
			'After a change to web/ or shared/, mend what is named above. Otherwise delete node_modules and start again.',
		);
	}
	mkdirSync(dirname(stamp), { recursive: true });
	writeFileSync(stamp, wanted);
	step.result = 'built';
	return folder;
}

/** @param {string} root */
function digest(root) {
	const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
	for (const source of sources) add(hash, root, source);
	return hash.digest('hex');
}

/** @param {import('node:crypto').Hash} hash @param {string} root @param {string} path below it */
function add(hash, root, path) {
	const full = join(root, path);
	if (!existsSync(full)) return;
	if (!statSync(full).isDirectory()) {
		hash.update(`${path}\0`).update(readFileSync(full));
		return;
	}
	for (const name of readdirSync(full).sort()) {
		if (!generated.has(name)) add(hash, root, join(path, name));
	}
}
