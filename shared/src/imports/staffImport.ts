import { z } from 'zod';
import { commandId } from '../ids/ids.ts';

/** Limits of an import of people. */
export const IMPORT_LIMITS = {
	/** Of the file. */
	bytes: 1024 * 1024,
	/** Lines with somebody on them. */
	lines: 2_000,
	/** Lines that one request applies: each new person costs the hash of a password. */
	batch: 25,
	/** Hours that a preview can be applied. */
	hours: 12,
} as const;

/** Columns of the file: name 工号, displayName 姓名, role 角色, counter 专窗 by its name. */
export const importField = z.enum(['name', 'displayName', 'role', 'counter']);
export type ImportField = z.infer<typeof importField>;

/**
 * Why a line is refused. In the file: `missing` a cell, `badName`, `badDisplayName`, `unknownRole`, `roleNotImported`
 * (supervisors and administrators are registered one by one), `unknownCounter`, `foreignCounter` of a city that this
 * administrator does not manage, `repeated` (`of`: the line that names the person first). In the register:
 * `foreignPerson`, `otherPost` (a supervisor or an administrator). Since the preview: `meanwhile`, somebody changed or
 * registered the person, `notAllowed`, the right was taken.
 */
const importRefusal = z.object({
	reason: z.enum([
		'missing',
		'badName',
		'badDisplayName',
		'unknownRole',
		'roleNotImported',
		'unknownCounter',
		'foreignCounter',
		'repeated',
		'foreignPerson',
		'otherPost',
		'meanwhile',
		'notAllowed',
	]),
	field: importField.nullable(),
	/** Another line. */
	of: z.int().nullable(),
});
export type ImportRefusal = z.infer<typeof importRefusal>;

const line = {
	/** Row of the sheet; the headings of most are row 1. */
	line: z.int().min(1),
	/** As they stand in the file. */
	cells: z.record(importField, z.string()),
};
const change = z.object({ field: importField, from: z.string(), to: z.string() });

/** What will become of a line. */
const importLine = z
	.discriminatedUnion('verdict', [
		z.object({ verdict: z.literal('new'), ...line }),
		z.object({ verdict: z.literal('changed'), ...line, changes: z.array(change) }),
		z.object({ verdict: z.literal('unchanged'), ...line }),
		z.object({ verdict: z.literal('refused'), ...line, refusal: importRefusal }),
	])
	.meta({ id: 'ImportLine' });
export type ImportLine = z.infer<typeof importLine>;

/** SHA-256 of what was previewed: the lines, and the state of the register that they were held against. */
export const previewHash = z.string().regex(/^[0-9a-f]{64}$/);

export const importPreview = z
	.object({ hash: previewHash, lines: z.array(importLine), expiresAt: z.iso.datetime() })
	.meta({ id: 'ImportPreview' });
export type ImportPreview = z.infer<typeof importPreview>;

export const applyImportBody = z.strictObject({
	/** The same for all steps of one run. */
	commandId,
	/** The last line of the step before; 0 at first. */
	after: z.int().min(0),
});
export type ApplyImportBody = z.infer<typeof applyImportBody>;

/** What has become of a line. */
const importOutcome = z
	.discriminatedUnion('outcome', [
		/** The one-time password is shown here and nowhere else. */
		z.object({ outcome: z.literal('created'), ...line, password: z.string() }),
		z.object({ outcome: z.literal('changed'), ...line }),
		/** The register says so already. */
		z.object({ outcome: z.literal('unchanged'), ...line }),
		z.object({ outcome: z.literal('refused'), ...line, refusal: importRefusal }),
	])
	.meta({ id: 'ImportOutcome' });
export type ImportOutcome = z.infer<typeof importOutcome>;

/** `next`: goes into `after` of the next step; null when all is done. */
export const importStep = z
	.object({ outcomes: z.array(importOutcome), next: z.int().nullable() })
	.meta({ id: 'ImportStep' });
export type ImportStep = z.infer<typeof importStep>;
