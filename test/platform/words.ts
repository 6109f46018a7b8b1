import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
type Words = Readonly<Record<string, string>>;

const web = resolve(import.meta.dirname, '../../web');
const readJson = (file: string): unknown => JSON.parse(readFileSync(resolve(web, file), 'utf8'));

/** Where words stand, as the page's settings list it: common ones, and a feature's in its folder. With `{locale}`. */
export function wordFiles(): readonly string[] {
	const settings = readJson('project.inlang/settings.json') as {
		'plugin.inlang.messageFormat': { pathPattern: string[] };
	};
	return settings['plugin.inlang.messageFormat'].pathPattern;
}

/** The words of one file in a language, by message key. */
export const wordsIn = (file: string, language: Language): Words =>
	readJson(file.replace('{locale}', language)) as Words;

/** The words that the page shows in a language, by message key. Throws for a key that no longer exists. */
export function wordsOf(language: Language): (key: string) => string {
	const words = Object.assign({}, ...wordFiles().map((file) => wordsIn(file, language))) as Words;
	return (key) => {
		const text = words[key];
		if (text === undefined) throw new Error(`the page has no message ${key}`);
		return text;
	};
}
