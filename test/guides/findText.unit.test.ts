import { expect, test } from 'vitest';
import { findText } from '../../web/src/features/guides/findText.ts';

const found = (text: string, query: string) =>
	findText(text, query).map(({ start, end }) => text.slice(start, end));

test.each([
	['营业执照正副本，营业执照遗失', '营业执照', ['营业执照', '营业执照']],
	['例示（上海）公司', '(上海)', ['（上海）']],
	['ＡＢＣ 贸易', 'bc', ['ＢＣ']],
	['营业 执照', '营业执照', ['营业 执照']],
	['aaaa', 'aa', ['aa', 'aa']],
	['𠮷某𠮷', '𠮷', ['𠮷', '𠮷']],
	['㎏ 计', 'kg', ['㎏']],
	['章程', '  ', []],
	['章程', '章程修正案', []],
])('S4.4a in ‘%s’ looking for ‘%s’ finds %j', (text, query, expected) => {
	expect(found(text, query)).toEqual(expected);
});
