import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newProcesses } from './processes.ts';

test('compiled code is kept while the hub still runs: one that is killed finds it at its next start', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'compiled-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	await newProcesses({ media: false, envOfHub: () => Promise.resolve({ NODE_COMPILE_CACHE: folder }) });
	await expect.poll(async () => (await readdir(folder, { recursive: true })).length).toBeGreaterThan(100);
});
