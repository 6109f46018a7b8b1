import { trusted } from 'mongoose';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { IMPORT_LIMITS, type ImportPreview } from '@counter-hub/shared/imports/staffImport.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { places } from '../counters/Places.ts';
import { staffModel, staffViewOf } from '../people/Staff.model.ts';
import { digestOf } from '../timeline/hashChain.ts';
import { decodeText } from './decodeText.ts';
import { judgeLines, type Register } from './judgeLines.ts';
import { readSheet, type SheetRow } from './readSheet.ts';
import { staffImportModel } from './StaffImport.model.ts';

/**
 * Says of each line of a file what would become of it, and remembers that for this administrator until it is applied.
 * Nothing else is changed.
 * @throws AppError `notAllowed`, `importUnreadable`, `importNoHeadings`, `importMalformed`, `importEmpty`,
 * `importTooManyLines`
 */
export async function previewImport(
	hub: HubContext,
	{ actor }: Principal,
	bytes: Uint8Array,
): Promise<ImportPreview> {
	assertMay(may.importStaff(actor));
	const rows = readSheet(decodeText(bytes));
	const lines = judgeLines(rows, await registerFor(hub, actor.cities, rows));
	const hash = digestOf(lines);
	const expiresAt = new Date(hub.now() + IMPORT_LIMITS.hours * 3_600_000);
	await staffImportModel(hub.connection).updateOne(
		{ _id: actor.staffId },
		{ $set: { hash, lines, expiresAt } },
		{ upsert: true },
	);
	return { hash, lines: lines.map(({ shown }) => shown), expiresAt: expiresAt.toISOString() };
}

async function registerFor(
	hub: HubContext,
	cities: Register['cities'],
	rows: readonly SheetRow[],
): Promise<Register> {
	const names = rows.map(({ cells }) => cells.name.toLowerCase());
	const [counters, found] = await Promise.all([
		places(hub).all(),
		staffModel(hub.connection)
			.find({ name: trusted({ $in: names }) })
			.lean(),
	]);
	return { cities, counters, people: new Map(found.map((record) => [record.name, staffViewOf(record)])) };
}
