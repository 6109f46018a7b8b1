import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startMongod } from './mongod.ts';

/** One real mongod for the whole run, on which each test takes a database of its own; and room for the demo's data. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const mongod = await startMongod();
	project.provide('mongodUrl', mongod.url);
	const planted = await mkdtemp(join(tmpdir(), 'counter-hub-planted-'));
	project.provide('plantedData', planted);
	let isWanted = true;
	void mongod.exited.then(async (code) => {
		if (!isWanted) return;
		// Every test after it fails for this one reason: it must not be looked for in them.
		const log = await readFile(join(mongod.folder, 'mongod.log'), 'utf8').catch(() => '');
		const last = log.trimEnd().split('\n').slice(-30).join('\n');
		process.stderr.write(
			`\nThe run's mongod ended by itself (exit code ${code}). Its last words:\n${last}\n`,
		);
	});
	return async () => {
		isWanted = false;
		await rm(planted, { recursive: true, force: true });
		await mongod.remove();
	};
}
