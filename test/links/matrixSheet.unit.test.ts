import { expect, test } from 'vitest';
import { matrixSheet } from '../../web/src/features/links/matrixSheet.ts';
import { toCsv } from '../../web/src/platform/csv.ts';
import { GOOD } from './goodLink.ts';
import { cellOf, linkOf } from './matrixCells.ts';

test('L4 a day as a table: a line for each direction and pair of counters, with figures, without names of people', () => {
	const cells = [
		cellOf([linkOf(GOOD), linkOf({ ...GOOD, lossPercent: 40, path: 'tcp' })], { before: 'pass' }),
		cellOf([]),
		cellOf([linkOf(null, { path: [null, null] })]),
	];
	const table = toCsv(matrixSheet({ date: '2026-11-23', at: '', cities: [], cells, diagnoses: [] }, false));
	const [head, ...rows] = table.slice(1).trimEnd().split('\r\n');
	expect(head?.split(',')).toHaveLength(19);
	expect(rows).toEqual([
		'2026-11-23,合肥,松江,通过,通过,,合肥专窗 1号窗口,松江专窗,08:43:50,自动互测,24.5,1280×720,-38,38,0.1,3,420,hefei → songjiang,UDP',
		'2026-11-23,合肥,松江,不通,通过,丢包 40%；仅 TCP,合肥专窗 1号窗口,松江专窗,08:43:50,自动互测,24.5,1280×720,-38,38,40,3,420,hefei → songjiang,TCP',
		'2026-11-23,合肥,松江,未检测,',
		'2026-11-23,合肥,松江,不通,,未回报,合肥专窗 1号窗口,松江专窗,08:43:50,自动互测,,,,,,,,,',
	]);
	expect(table).not.toContain('陈静');
});
