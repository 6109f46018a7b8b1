import type { CityCode } from '../cities/cities.ts';
import type { Diagnosis, MatrixCell, MatrixCity } from './matrix.ts';

/** A row or column says something about its city when it joins that to so many others. */
const ENOUGH = 2;

type Way = Pick<MatrixCell, 'from' | 'to' | 'verdict'>;
const isBad = ({ verdict }: Way) => verdict === 'fail';

/**
 * Where the trouble is (pure). Every failing direction is explained once, by the widest pattern that fits: everything,
 * then a city's node, a whole row and column, one of the two, and what is left is the path between two cities.
 */
export function diagnose(
	cells: readonly Way[],
	cities: readonly Pick<MatrixCity, 'cityCode' | 'nodes'>[],
): Diagnosis[] {
	const measured = cells.filter(({ verdict }) => verdict !== null);
	const bad = measured.filter(isBad);
	const open = new Set(bad);
	const found: Diagnosis[] = [];
	const explain = (kind: Diagnosis['kind'], city: CityCode, ways: readonly Way[]) => {
		const failed = ways.filter(isBad);
		for (const way of failed) open.delete(way);
		found.push({ kind, cities: [city], failed: failed.length, of: ways.length });
	};
	// A node that is away is known, whatever the pattern looks like yet.
	for (const { cityCode, nodes } of cities)
		if (nodes.known > 0 && nodes.there === 0) explain('node', cityCode, measured.filter(touches(cityCode)));
	if (found.length === 0 && bad.length === measured.length && citiesOf(bad).size > ENOUGH)
		return [{ kind: 'everything', cities: [], failed: bad.length, of: measured.length }];
	// What one city's trouble explains does not count against the other city of the way.
	for (const [kind, belongs] of PATTERNS)
		for (const { cityCode } of cities) {
			const ways = measured.filter((way) => belongs(way, cityCode) && (open.has(way) || !isBad(way)));
			const others = citiesOf(ways).size - 1;
			if (others >= ENOUGH && ways.every(isBad)) explain(kind, cityCode, ways);
		}
	return [...found, ...paths(open, measured)];
}

const touches =
	(city: CityCode) =>
	({ from, to }: Way) =>
		from === city || to === city;
const citiesOf = (ways: readonly Way[]) => new Set(ways.flatMap(({ from, to }) => [from, to]));

const PATTERNS: readonly (readonly [Diagnosis['kind'], (way: Way, city: CityCode) => boolean])[] = [
	['city', (way, city) => touches(city)(way)],
	['sends', ({ from }, city) => from === city],
	['receives', ({ to }, city) => to === city],
];

/** Both directions of a path are one trouble. */
function paths(open: ReadonlySet<Way>, measured: readonly Way[]): Diagnosis[] {
	const pairs = new Map<string, Diagnosis>();
	for (const { from, to } of open) {
		const cities = [from, to].toSorted();
		const key = cities.join('-');
		const ways = measured.filter((way) => cities.includes(way.from) && cities.includes(way.to));
		pairs.set(key, { kind: 'path', cities, failed: ways.filter(isBad).length, of: ways.length });
	}
	return [...pairs.values()];
}
