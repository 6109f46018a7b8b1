import { describe, expect, test } from 'vitest';
import { CITIES, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { diagnose } from '@counter-hub/shared/links/diagnose.ts';
import type { Verdict } from '@counter-hub/shared/links/linkTerms.ts';

const codes = CITIES.map(({ code }) => code);
const [SONGJIANG, JIAXING, HANGZHOU, JINHUA] = ['310117', '330400', '330100', '330700'] as const;

interface Way {
	from: CityCode;
	to: CityCode;
	verdict: Verdict | null;
}
/** A whole matrix, good but for what `verdictOf` says. */
function matrix(verdictOf: (from: CityCode, to: CityCode) => Verdict | null | undefined): Way[] {
	return codes.flatMap((from) =>
		codes
			.filter((to) => to !== from)
			.map((to) => {
				const verdict = verdictOf(from, to);
				return { from, to, verdict: verdict === undefined ? 'pass' : verdict };
			}),
	);
}
const cities = (away: readonly CityCode[] = []) =>
	codes.map((cityCode) => ({ cityCode, nodes: { known: 1, there: away.includes(cityCode) ? 0 : 1 } }));
const read = (ways: Way[], away?: readonly CityCode[]) =>
	diagnose(ways, cities(away)).map(({ kind, cities: named }) => [kind, ...named]);
const bad = (is: boolean) => (is ? 'fail' : undefined);

describe('L4 where the trouble is, by the pattern', () => {
	test('a good matrix, and one in which nothing was measured, say nothing', () => {
		expect(read(matrix(() => 'pass'))).toEqual([]);
		expect(read(matrix(() => 'warn'))).toEqual([]);
		expect(read(matrix(() => null))).toEqual([]);
	});

	test('everything red is the hub, or the network of all', () => {
		expect(read(matrix(() => 'fail'))).toEqual([['everything']]);
	});

	test('a whole row and column red is that city', () => {
		expect(read(matrix((from, to) => bad(from === JINHUA || to === JINHUA)))).toEqual([['city', JINHUA]]);
	});

	test('its node, where that is known to be away', () => {
		const ways = matrix((from, to) => bad(from === JINHUA || to === JINHUA));
		expect(read(ways, [JINHUA])).toEqual([['node', JINHUA]]);
	});

	test('a node that is away is said before anything was measured', () => {
		expect(
			read(
				matrix(() => null),
				[JINHUA],
			),
		).toEqual([['node', JINHUA]]);
	});

	test('a row alone: it sends nothing; a column alone: it receives nothing', () => {
		expect(read(matrix((from) => bad(from === JINHUA)))).toEqual([['sends', JINHUA]]);
		expect(read(matrix((_from, to) => bad(to === JINHUA)))).toEqual([['receives', JINHUA]]);
	});

	test('a single cell, or both directions of a pair, is the path between two', () => {
		expect(read(matrix((from, to) => bad(from === HANGZHOU && to === JINHUA)))).toEqual([
			['path', HANGZHOU, JINHUA],
		]);
		const both = matrix((from, to) => bad([from, to].includes(HANGZHOU) && [from, to].includes(JINHUA)));
		expect(read(both)).toEqual([['path', HANGZHOU, JINHUA]]);
	});

	test('two cities and a path at once are three things', () => {
		const ways = matrix((from, to) =>
			bad(
				[from, to].includes(JINHUA) ||
					[from, to].includes(JIAXING) ||
					(from === SONGJIANG && to === HANGZHOU),
			),
		);
		expect(read(ways)).toEqual([
			['city', JIAXING],
			['city', JINHUA],
			['path', SONGJIANG, HANGZHOU],
		]);
	});

	test('one failure out of one is a path, and no city is blamed for it', () => {
		const ways = matrix((from, to) =>
			[from, to].includes(SONGJIANG) && [from, to].includes(JIAXING) ? 'fail' : null,
		);
		expect(read(ways)).toEqual([['path', SONGJIANG, JIAXING]]);
	});
});
