import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmCommand } from './npm.mjs';
import { CommandFailed, run } from './run.mjs';

/** Part → script of package.json. Cheap ones first. */
export const checks = {
	format: 'format:check',
	imports: 'lint:imports',
	deadcode: 'deadcode',
	types: 'typecheck',
	lint: 'lint',
};
/** Projects of vitest.config.ts. */
export const suites = ['unit', 'structure', 'integration', 'e2e'];

/**
 * Runs one check.
 * @param {{ root: string, node: string, env: NodeJS.ProcessEnv }} place
 * @param {string} part
 * @returns {Promise<string | undefined>} its complaints, if it has any
 */
export async function runCheck({ root, node, env }, part) {
	const [npm, args] = npmCommand(node);
	try {
		await run(npm, [...args, 'run', '--silent', checks[part]], { cwd: root, env });
		return undefined;
	} catch (error) {
		if (error instanceof CommandFailed) return error.output;
		throw error;
	}
}

/**
 * Runs one suite.
 * @param {{ root: string, node: string, env: NodeJS.ProcessEnv }} place
 * @param {string} suite
 * @param {{ filters: string[], onLine: (line: string) => void }} how `filters` for vitest: parts of file names, options
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runSuite({ root, node, env }, suite, { filters, onLine }) {
	const folder = mkdtempSync(join(tmpdir(), 'counter-hub-tests-'));
	const report = join(folder, 'report.json');
	const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
	const options = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
	let ended = true;
	try {
		await run(node, [vitest, 'run', '--project', suite, ...options, ...filters], {
			cwd: root,
			env,
			onLine,
		});
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		ended = false;
	}
	try {
		const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
		// A file that could not even be loaded has no tests to fail.
		const broken = testResults.filter(
			(file) => file.status === 'failed' && file.assertionResults.length === 0,
		);
		const failed = numFailedTests + broken.length;
		return { passed: numPassedTests, failed: ended ? failed : Math.max(1, failed) };
	} catch {
		return { passed: 0, failed: 1 };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
