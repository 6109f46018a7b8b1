import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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
/** Of a failure's message and stack; the whole stands where the test ran. */
const causeLines = 12;

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
 * @returns {Promise<{ passed: number, failed: number, text?: string }>} `text` names each test that failed, and why
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
		return {
			passed: numPassedTests,
			failed: ended ? failed : Math.max(1, failed),
			text: failuresOf(testResults, root),
		};
	} catch {
		return { passed: 0, failed: 1, text: `✗ ${suite}: vitest left no report` };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * @typedef {{ fullName: string, status: string, failureMessages: string[] }} TestResult
 * @param {{ name: string, status: string, message: string, assertionResults: TestResult[] }[]} files
 * @param {string} root
 * @returns {string | undefined} a paragraph for each failure
 */
function failuresOf(files, root) {
	const failures = files
		.filter(({ status }) => status === 'failed')
		.flatMap(({ name, message, assertionResults }) => {
			const tests = assertionResults.filter(({ status }) => status === 'failed');
			const causes = tests.map(({ fullName, failureMessages }) => [` > ${fullName}`, failureMessages[0]]);
			const file = relative(root, name);
			return (causes.length > 0 ? causes : [['', message]]).map(
				([title, cause = '']) => `✗ ${file}${title}\n${cause.split('\n').slice(0, causeLines).join('\n')}`,
			);
		});
	return failures.length > 0 ? `\n${failures.join('\n\n')}` : undefined;
}
