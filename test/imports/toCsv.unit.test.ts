import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCsv } from '../../web/src/platform/csv.ts';

describe('sheets that are saved', () => {
	test('Excel takes them for UTF-8, with the line ends that it writes itself', () => {
		expect(
			toCsv([
				['工号', '姓名'],
				['310117-0203', '陈静'],
			]),
		).toBe('\ufeff工号,姓名\r\n310117-0203,陈静\r\n');
	});

	test.each([
		['=HYPERLINK("https://elsewhere.example","点这里")'],
		['+1'],
		['-1'],
		['@SUM(A1)'],
		['\t=1'],
		['\r=1'],
		['\n=1'],
		['＝1+1'],
	])('F10 %j is text and nothing that is calculated', (cell) => {
		const [[shown] = []] = parse(toCsv([[cell]]), { bom: true });
		expect(shown).toBe(`'${cell}`);
	});

	test('a number is no formula, and nothing is an empty cell', () => {
		expect(toCsv([[-38.5, null, '说"好"', '甲,乙']])).toBe('\ufeff-38.5,,"说""好""","甲,乙"\r\n');
	});

	test('whatever stands in cells is read again as it was', () => {
		const cell = fc.string({ unit: 'binary' }).filter((text) => !/^[=+\-@＝＋－＠\t\r\n]/.test(text));
		const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1 });
		fc.assert(
			fc.property(rows, (sheet) => {
				expect(parse(toCsv(sheet), { bom: true })).toEqual(sheet);
			}),
		);
	});
});
