import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';

/** Bundles bare/page.ts into one script and returns its path. */
export async function bundlePage(): Promise<string> {
	const outDir = await mkdtemp(join(tmpdir(), 'bench-page-'));
	await build({
		configFile: false,
		logLevel: 'error',
		root: import.meta.dirname,
		build: {
			outDir,
			emptyOutDir: true,
			lib: {
				entry: resolve(import.meta.dirname, 'page.ts'),
				formats: ['iife'],
				name: 'barePage',
				fileName: () => 'page.js',
			},
		},
	});
	return join(outDir, 'page.js');
}
