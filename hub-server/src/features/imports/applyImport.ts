import { createHash } from 'node:crypto';
import { trusted } from 'mongoose';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { ErrorKey } from '@counter-hub/shared/errors/errorCatalogue.ts';
import {
	IMPORT_LIMITS,
	type ApplyImportBody,
	type ImportOutcome,
	type ImportRefusal,
	type ImportStep,
} from '@counter-hub/shared/imports/staffImport.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { createStaff, updateStaff } from '../people/staffCommands.ts';
import { staffModel, type StaffRecord } from '../people/Staff.model.ts';
import type { PlannedLine, WantedPerson } from './judgeLines.ts';
import { staffImportModel } from './StaffImport.model.ts';

/**
 * Applies the next lines of what was previewed: new people, and changes of others as they were then. A line that cannot
 * be applied any more is reported, and the others are applied. A repeat of the same step changes nothing, but gives new
 * people another one-time password as long as they have not signed in.
 * @throws AppError `notAllowed`, `unknownImport`, `queueFull`, `databaseUnavailable`: then repeat the step
 */
export async function applyImport(
	hub: HubContext,
	principal: Principal,
	hash: string,
	{ commandId, after }: ApplyImportBody,
): Promise<ImportStep> {
	assertMay(may.importStaff(principal.actor));
	const found = await staffImportModel(hub.connection)
		.findOne({ _id: principal.actor.staffId, hash, expiresAt: trusted({ $gt: new Date(hub.now()) }) })
		.lean();
	if (!found) throw new AppError('unknownImport');
	const due = found.lines.filter(
		({ shown }) => shown.line > after && (shown.verdict === 'new' || shown.verdict === 'changed'),
	);
	const outcomes: ImportOutcome[] = [];
	for (const line of due.slice(0, IMPORT_LIMITS.batch))
		outcomes.push(await applyLine(hub, principal, line, commandId));
	const isLast = due.length <= IMPORT_LIMITS.batch;
	return { outcomes, next: isLast ? null : (outcomes.at(-1)?.line ?? null) };
}

/** Refusals that concern one person; anything else stops the step. */
const REASONS: Partial<Record<ErrorKey, ImportRefusal['reason']>> = {
	nameTaken: 'meanwhile',
	staleVersion: 'meanwhile',
	notFound: 'meanwhile',
	notAllowed: 'notAllowed',
	unknownCounter: 'unknownCounter',
};

async function applyLine(
	hub: HubContext,
	principal: Principal,
	{ shown: { line, cells }, wanted, staffId, version }: PlannedLine,
	commandId: string,
): Promise<ImportOutcome> {
	if (!wanted) throw new RangeError(`line ${line} describes nobody`);
	const { name, displayName, post } = wanted;
	try {
		if (staffId === null || version === null) {
			const person = { commandId: idOfLine(commandId, line), name, displayName, ...post };
			const { password } = await createStaff(hub, principal, person);
			return { outcome: 'created', line, cells, password };
		}
		await updateStaff(hub, principal, staffId, { version, displayName, post });
		return { outcome: 'changed', line, cells };
	} catch (error) {
		const reason = error instanceof AppError ? REASONS[error.key] : undefined;
		if (reason === undefined) throw error;
		// By an earlier attempt, or by somebody with the same list.
		const record = await staffModel(hub.connection).findOne({ name }).lean();
		if (record && isAs(record, wanted))
			return { outcome: staffId === null ? 'unchanged' : 'changed', line, cells };
		return { outcome: 'refused', line, cells, refusal: { reason, field: null, of: null } };
	}
}

const isAs = (record: StaffRecord, { displayName, post }: WantedPerson): boolean =>
	record.displayName === displayName && record.role === post.role && record.counterId === post.counterId;

/** The id of the command that registers the person of a line: the same for each repeat of the run (UUIDv8, RFC 9562). */
function idOfLine(commandId: string, line: number): string {
	const hex = createHash('sha256').update(`${commandId}/${line}`).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
