import type { LinkMatrix, LinkOfCounters, MatrixCell } from '@counter-hub/shared/links/matrix.ts';
import { m } from '#paraglide/messages.js';
import { cityName, clockTime } from '#platform/format.ts';
import { shownState, stateWord, verdictWord } from './cellWords.ts';
import { findingShort } from './findingWords.ts';
import { causeWord, placeOf } from './linkWords.ts';

/** A day as a sheet: a line for each direction and pair of counters, in words, with what was measured. Without names of people. */
export function matrixSheet({ date, cells }: LinkMatrix, isToday: boolean): (string | number | null)[][] {
	const head = [
		m.links_csv_date(),
		m.links_csv_from(),
		m.links_csv_to(),
		m.links_csv_state(),
		m.links_csv_before(),
		m.links_csv_findings(),
		m.links_csv_sender(),
		m.links_csv_receiver(),
		m.links_csv_at(),
		m.links_csv_cause(),
		m.links_csv_fps(),
		m.links_csv_size(),
		m.links_csv_sound(),
		m.links_csv_roundTrip(),
		m.links_csv_loss(),
		m.links_csv_jitter(),
		m.links_csv_first(),
		m.links_csv_path(),
		m.links_csv_access(),
	];
	const rows = cells.flatMap((cell) => {
		const way = [date, cityName(cell.from), cityName(cell.to)];
		const before = cell.before === null ? null : verdictWord(cell.before);
		if (cell.counters.length === 0) return [[...way, stateWord(shownState(cell.state, isToday)), before]];
		return cell.counters.map((link) => [
			...way,
			verdictWord(link.verdict),
			before,
			...measuredIn(cell, link),
		]);
	});
	return [head, ...rows];
}

function measuredIn({ from, to }: MatrixCell, link: LinkOfCounters): (string | number | null)[] {
	const { measured, findings, path, cause, at } = link;
	const size = measured?.picture ? `${measured.picture.width}×${measured.picture.height}` : null;
	return [
		findings.map(({ kind }) => findingShort(kind, measured)).join(m.links_semicolon()),
		placeOf(link.from, from),
		placeOf(link.to, to),
		clockTime(at),
		causeWord(cause),
		oneDecimal(measured?.picture?.framesPerSecond),
		size,
		oneDecimal(measured?.sound?.level),
		oneDecimal(measured?.roundTripMs),
		oneDecimal(measured?.lossPercent),
		oneDecimal(measured?.jitterMs),
		oneDecimal(measured?.picture?.firstMs),
		path.every((node) => node === null) ? null : path.map((node) => node ?? '?').join(' → '),
		measured?.path?.toUpperCase() ?? null,
	];
}

const oneDecimal = (value: number | null | undefined): number | null =>
	value === null || value === undefined ? null : Math.round(value * 10) / 10;
