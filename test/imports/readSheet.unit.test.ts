import { describe, expect, test } from 'vitest';
import { IMPORT_LIMITS } from '@counter-hub/shared/imports/staffImport.ts';
import { decodeText } from '@counter-hub/hub-server/features/imports/decodeText.ts';
import { readSheet } from '@counter-hub/hub-server/features/imports/readSheet.ts';

const HEAD = '工号,姓名,角色,专窗';
const ROW = '310117-0901,王小明,专窗人员,松江专窗';
const PERSON = { name: '310117-0901', displayName: '王小明', role: '专窗人员', counter: '松江专窗' };
const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

describe('the text of a file', () => {
	/** 王小明，龍𠮷 */
	const GB18030 = hex('cdf5d0a1c3f7a3acfd88 9532b839'.replaceAll(' ', ''));

	test.each<[string, Uint8Array, string]>([
		['UTF-8', Buffer.from('王小明'), '王小明'],
		['UTF-8 with a mark at its beginning', Buffer.from('\ufeff王小明'), '王小明'],
		['GB18030, as Excel in China writes it', hex('cdf5d0a1c3f7'), '王小明'],
		['GB18030 that only looks short of UTF-8 (联通)', hex('c1aacda8'), '联通'],
		['ASCII', Buffer.from('abc'), 'abc'],
		['nothing', Buffer.alloc(0), ''],
	])('%s', (_what, bytes, text) => {
		expect(decodeText(bytes)).toBe(text);
	});

	test('signs of four bytes are read, too', () => {
		expect(decodeText(GB18030)).toMatch(/^王小明，龍.$/u);
	});

	test.each([
		[
			'a sheet in its own form',
			Buffer.concat([Buffer.from('PK\x03\x04\x14\0\x06\0'), Buffer.from([0xff, 0xfe])]),
		],
		['UTF-16', hex('fffe 0d67 0f5c')],
		['a picture', hex('89504e470d0a1a0a00ff')],
	])('%s is none', (_what, bytes) => {
		expect(() => decodeText(bytes)).toThrow(expect.objectContaining({ key: 'importUnreadable' }));
	});
});

describe('the rows of a sheet', () => {
	test.each<[string, string]>([
		['commas', `${HEAD}\r\n${ROW}\r\n`],
		['semicolons', `${HEAD}\n${ROW}`.replaceAll(',', ';')],
		['tabs', `${HEAD}\n${ROW}\n`.replaceAll(',', '\t')],
		['headings in English', `Number,Name,Role,Counter\n${ROW}`],
		['headings in any case and width', `ＮＵＭＢＥＲ, name ,ROLE,Counter\n${ROW}`],
		[
			'another order and further columns',
			'备注,专窗,角色,电话,姓名,工号\n新人,松江专窗,专窗人员,,王小明,310117-0901',
		],
		['quotation marks', `"工号","姓名","角色","专窗"\n"310117-0901","王小明","专窗人员","松江专窗"`],
		['blanks around, and full-width ones', `${HEAD}\n 310117-0901 ,\u3000王小明\u3000,专窗人员 ,松江专窗`],
		['old line ends', `${HEAD}\r${ROW}\r`],
	])('%s', (_what, text) => {
		expect(readSheet(text)).toEqual([{ line: 2, cells: PERSON }]);
	});

	test('rows are counted as the sheet counts them, with empty ones and cells of several lines', () => {
		const text = `\n${HEAD}\n\n,,,\n${ROW}\n"310117-0902","王\n小明",x,y\n${ROW}`;
		expect(readSheet(text).map(({ line, cells }) => [line, cells.displayName])).toEqual([
			[5, '王小明'],
			[6, '王\n小明'],
			[7, '王小明'],
		]);
	});

	test('a row with too few cells is there, and lacks them', () => {
		expect(readSheet(`${HEAD}\n310117-0901,王小明`)).toEqual([
			{ line: 2, cells: { ...PERSON, role: '', counter: '' } },
		]);
	});

	test.each<[string, string, string, object]>([
		['nothing at all', '', 'importNoHeadings', {}],
		['a heading missing', `工号,姓名,角色\n${ROW}`, 'importNoHeadings', {}],
		['no headings', ROW, 'importNoHeadings', {}],
		['nobody below', `${HEAD}\n\n,,,\n`, 'importEmpty', {}],
		['a quotation mark never closed', `${HEAD}\n${ROW}\n"310117-0902,王小明`, 'importMalformed', { line: 3 }],
		['a quotation mark in a cell', `${HEAD}\n310117"0901,王小明,x,y`, 'importMalformed', { line: 2 }],
		[
			'too many rows',
			`${HEAD}\n${`${ROW}\n`.repeat(IMPORT_LIMITS.lines + 1)}`,
			'importTooManyLines',
			{ most: IMPORT_LIMITS.lines },
		],
	])('%s', (_what, text, key, params) => {
		expect(() => readSheet(text)).toThrow(expect.objectContaining({ key }));
		expect(() => readSheet(text)).toThrow(
			expect.objectContaining(Object.keys(params).length === 0 ? {} : { params }),
		);
	});

	test('as many rows as the limit says', () => {
		expect(readSheet(`${HEAD}\n${`${ROW}\n`.repeat(IMPORT_LIMITS.lines)}`)).toHaveLength(IMPORT_LIMITS.lines);
	});
});
