import { FINDINGS_MAX } from './findings.ts';
import { findCodes, findPhones, type Spotted } from './findNumbers.ts';
import { findDates } from './findDates.ts';
import { findNames } from './findNames.ts';
import type { Box, ReadLine } from './ReadLine.ts';
import { rowsOf } from './rows.ts';

export interface SpotOptions {
	/** Name of the case's enterprise. */
	readonly name: string;
	/** ISO date, Asia/Shanghai. */
	readonly today: string;
}

/** What the lines of a paper hold, in reading order. `doubtful`: places that look like a code and should be read again. */
export function spot(
	lines: readonly ReadLine[],
	{ name, today }: SpotOptions,
): { found: Spotted[]; doubtful: Box[] } {
	const rows = rowsOf(lines);
	const codes = rows.map((row) => findCodes(row, today));
	const others = rows.flatMap((row) => [...findPhones(row), ...findDates(row), ...findNames(row, name)]);
	return {
		found: tidied([...codes.flatMap(({ found }) => found), ...others]),
		doubtful: codes.flatMap(({ doubtful }) => doubtful),
	};
}

/** What was read again takes the place of what was doubtful there. */
export function withSecondLook(first: readonly Spotted[], second: readonly Spotted[]): Spotted[] {
	const better = second.filter(({ sound }) => sound);
	const kept = first.filter((one) => one.sound || !better.some(({ box }) => overlaps(one.box, box)));
	return tidied([...kept, ...better]);
}

/** Each text once, the surest of its kind, from the top down. */
function tidied(found: readonly Spotted[]): Spotted[] {
	const best = new Map<string, Spotted>();
	for (const one of found) {
		const key = `${one.kind} ${one.text}`;
		if (one.confidence > (best.get(key)?.confidence ?? -1)) best.set(key, one);
	}
	return [...best.values()].toSorted((a, b) => a.box.y - b.box.y || a.box.x - b.box.x).slice(0, FINDINGS_MAX);
}

const overlaps = (a: Box, b: Box) =>
	a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
