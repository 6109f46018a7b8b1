import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TreeCopy } from './treeCopy.ts';
import { wordsIn } from '../platform/words.ts';

const FOLDERS = ['shared/src/notes', 'hub-server/src/features/notes', 'web/src/features/notes', 'test/notes'];
/** The composition roots that name it, with what they name. */
const ROOTS: readonly [file: string, name: RegExp][] = [
	['shared/src/timeline/events.ts', /noteEvents/],
	['shared/src/people/permissions.ts', /notePolicy/],
	['hub-server/src/features.ts', /\bnotes\b/],
	['web/src/features.ts', /\bnotes\b/],
	['web/project.inlang/settings.json', /features\/notes/],
];
const PRODUCT = ['shared/src', 'hub-server/src', 'media-server/src', 'web/src', 'web/messages'];

/** `docs/adding-a-feature.md` the other way round: notes are deleted, and everything else goes on. */
describe('a feature is its folders and a line in each composition root', () => {
	let copy: TreeCopy;
	beforeAll(async () => {
		copy = await TreeCopy.create();
		for (const folder of FOLDERS) await rm(copy.path(folder), { recursive: true });
		for (const [root, name] of ROOTS) expect(await copy.dropLines(root, name), root).toBeGreaterThan(0);
	});
	afterAll(() => copy.remove());

	test('nothing else of the product mentions it', async () => {
		const words = Object.keys(wordsIn('src/features/notes/words/{locale}.json', 'en'));
		const names = ['case\\.noted', '(features|shared)/notes', '/notes[`\'"?/]', ...words];
		expect(await copy.mentions(PRODUCT, new RegExp(names.join('|')))).toEqual([]);
	});

	test('type check and unit tests pass without it', { timeout: 900_000 }, async () => {
		const words = ['--project', './project.inlang', '--outdir', './src/paraglide'];
		await copy.run(
			'@inlang/paraglide-js/bin/run.js',
			['compile', ...words, '--strategy', 'localStorage', 'baseLocale'],
			{
				cwd: 'web',
			},
		);
		await copy.run('@sveltejs/kit/svelte-kit.js', ['sync'], { cwd: 'web' });
		await copy.run('typescript/bin/tsc', ['-p', 'tsconfig.json']);
		await copy.run(
			'svelte-check/bin/svelte-check',
			['--tsconfig', './tsconfig.json', '--threshold', 'error'],
			{ cwd: 'web' },
		);
		await copy.run('vitest/vitest.mjs', ['run', '--project', 'unit']);
	});
});
