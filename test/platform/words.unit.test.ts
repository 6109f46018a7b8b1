import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, wordFiles, wordsIn } from './words.ts';

const web = resolve(import.meta.dirname, '../../web');
const values = (text: string | undefined) => [...(text ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

describe('words of the page', () => {
	test.each(wordFiles())('%s says the same in every language, with the same values', (file) => {
		const [chinese, english] = LANGUAGES.map((language) => wordsIn(file, language));
		expect(Object.keys(english ?? {})).toEqual(Object.keys(chinese ?? {}));
		for (const [key, text] of Object.entries(chinese ?? {})) {
			expect.soft(values(english?.[key]).sort(), key).toEqual(values(text).sort());
		}
	});

	test('every key stands once, in one feature', () => {
		const keys = wordFiles().flatMap((file) => Object.keys(wordsIn(file, 'zh-CN')));
		expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
	});

	test('no file of words is left out of the settings', () => {
		const found = globSync('src/features/*/words/', { cwd: web }).map((folder) => `./${folder}`);
		const listed = wordFiles().map((file) => file.replace(/\/\{locale\}\.json$/, ''));
		expect(listed.filter((folder) => folder.includes('/features/')).sort()).toEqual(
			found.map((folder) => folder.replace(/\/$/, '')).sort(),
		);
	});
});
