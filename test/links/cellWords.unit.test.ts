import { describe, expect, test } from 'vitest';
import { findingKind } from '@counter-hub/shared/links/linkTerms.ts';
import { changeOf, countsOf, decisiveLink } from '../../web/src/features/links/cellFacts.ts';
import { cellSentence, cellText, ownText } from '../../web/src/features/links/cellWords.ts';
import { findingLong, findingShort } from '../../web/src/features/links/findingWords.ts';
import { GOOD } from './goodLink.ts';
import { cellOf, HEFEI, linkOf, SONGJIANG } from './matrixCells.ts';

const noPicture = { ...GOOD, picture: { ...GOOD.picture, frames: 0, framesPerSecond: 0, firstMs: null } };

describe('L4 what stands in a cell', () => {
	test('the round trip where it passed, the reason where it did not', () => {
		expect(cellText(cellOf([linkOf(GOOD)]), true)).toBe('38');
		expect(cellText(cellOf([linkOf({ ...GOOD, roundTripMs: null })]), true)).toBe('通过');
		expect(cellText(cellOf([linkOf({ ...GOOD, lossPercent: 2.43 })]), true)).toBe('丢包 2.4%');
		expect(cellText(cellOf([linkOf(noPicture)]), true)).toBe('无画面');
		expect(cellText(cellOf([linkOf(null)]), true)).toBe('未回报');
	});

	test('what waits on a day that is over was not measured', () => {
		expect(cellText(cellOf([]), true)).toBe('等待');
		expect(cellText(cellOf([]), false)).toBe('未检测');
		expect(cellText(cellOf([linkOf(noPicture)], { state: 'stale' }), true)).toBe('过时');
	});

	test('of several counters the worst, of equally good ones the slowest', () => {
		const slow = linkOf({ ...GOOD, roundTripMs: 90 });
		expect(decisiveLink(cellOf([linkOf(GOOD), slow]))).toBe(slow);
		const bad = linkOf(noPicture);
		expect(decisiveLink(cellOf([slow, bad, linkOf(GOOD)]))).toBe(bad);
		expect(decisiveLink(cellOf([]))).toBeUndefined();
	});

	test('X1 a full sentence for whoever hears it', () => {
		expect(cellSentence(cellOf([linkOf(noPicture)]), true)).toBe('合肥到松江，不通，无画面');
		expect(cellSentence(cellOf([linkOf(GOOD)], { before: 'fail' }), true)).toBe(
			'合肥到松江，通过，往返 38 毫秒，比前一检测日好转',
		);
		expect(cellSentence(cellOf([linkOf(GOOD), linkOf(GOOD)]), true)).toContain('2 组窗口');
		expect(cellSentence(cellOf([]), true)).toBe('合肥到松江，等待');
	});

	test('better and worse than the day before, where both are known', () => {
		expect(changeOf({ verdict: 'pass', before: 'warn' })).toBe('better');
		expect(changeOf({ verdict: 'fail', before: 'warn' })).toBe('worse');
		expect(changeOf({ verdict: 'fail', before: 'fail' })).toBeNull();
		expect(changeOf({ verdict: null, before: 'fail' })).toBeNull();
		expect(changeOf({ verdict: 'fail', before: null })).toBeNull();
	});

	test('cells are counted by their state', () => {
		const cells = [cellOf([]), cellOf([linkOf(GOOD)]), cellOf([linkOf(GOOD)], { state: 'running' })];
		expect(countsOf(cells)).toMatchObject({ pass: 1, running: 1, waiting: 1, fail: 0 });
	});

	test('a city itself says whether it is there', () => {
		const city = { cityCode: HEFEI, due: true, ready: 1, nodes: { known: 1, there: 1 } };
		expect(ownText(city, true)).toBe('本市');
		expect(ownText({ ...city, ready: 0 }, true)).toBe('未上线');
		expect(ownText({ ...city, nodes: { known: 1, there: 0 } }, true)).toBe('节点离线');
		expect(ownText({ ...city, due: false, ready: 0 }, true)).toBe('不检');
		expect(ownText({ ...city, ready: 0 }, false)).toBe('本市');
	});
});

describe('L4 every finding in words', () => {
	test.each(findingKind.options)('%s: short in a cell; what it is and what to do in the details', (kind) => {
		expect(findingShort(kind, GOOD).length).toBeLessThanOrEqual(8);
		const { what, remedy } = findingLong(kind, { from: HEFEI, to: SONGJIANG, measured: GOOD });
		expect(`${what}${remedy}`).not.toMatch(/[{}]|undefined|NaN/);
		expect(what).toMatch(/合肥|松江/);
		expect(remedy.length).toBeGreaterThan(8);
	});
});
