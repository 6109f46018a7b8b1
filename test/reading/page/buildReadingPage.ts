import { mkdtemp, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';

/** Builds the page with the real reader, laid out as the product's build is, for a hub to serve. */
export async function buildReadingPage(): Promise<string> {
	const outDir = await mkdtemp(join(tmpdir(), 'reading-page-'));
	const prefix = '_app/immutable';
	await build({
		configFile: false,
		logLevel: 'error',
		root: import.meta.dirname,
		build: {
			outDir,
			emptyOutDir: true,
			assetsDir: `${prefix}/assets`,
			rolldownOptions: {
				input: resolve(import.meta.dirname, 'index.html'),
				output: { entryFileNames: `${prefix}/[name]-[hash].js` },
			},
		},
		worker: { rolldownOptions: { output: { entryFileNames: `${prefix}/workers/[name]-[hash].js` } } },
	});
	await rename(join(outDir, 'index.html'), join(outDir, '200.html'));
	return outDir;
}
