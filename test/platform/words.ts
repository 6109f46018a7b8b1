import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export type Language = 'zh-CN' | 'en';

const folder = resolve(import.meta.dirname, '../../web/messages');
const read = (language: Language) =>
	JSON.parse(readFileSync(resolve(folder, `${language}.json`), 'utf8')) as Record<string, unknown>;
const texts = { 'zh-CN': read('zh-CN'), en: read('en') };

/** The words that the page shows in a language, by message key. Throws for a key that no longer exists. */
export function wordsOf(language: Language): (key: string) => string {
	return (key) => {
		const text = texts[language][key];
		if (typeof text !== 'string') throw new Error(`the page has no message ${key}`);
		return text;
	};
}
