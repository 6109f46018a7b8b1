import { z } from 'zod';
import { sha256 } from '../blobs/blobs.ts';
import { fieldPath } from './fieldPaths.ts';
import { formId } from './formDefinition.ts';
import { commentId } from './forms.ts';

const revision = z.int().min(0);
/** `name`: as it was called then. */
const form = { formId, name: z.string() };

/** Facts of a form. What was written into it never stands here: it may belong to a person. */
export const formEvents = {
	/** Somebody began to fill it in, or carries it on in a later edition. */
	'form.begun': z.object({ ...form, version: z.int() }),
	/** What was written since the last one, told when the pen rests. */
	'form.saved': z.object({ formId, revision, fields: z.array(fieldPath) }),
	/** The permit side remarks something on a field, or on the whole form. */
	'form.commented': z.object({
		...form,
		commentId,
		path: fieldPath.nullable(),
		/** What the field is called; null where the comment is on the whole form. */
		label: z.string().nullable(),
		text: z.string(),
	}),
	'form.commentSolved': z.object({ formId, commentId }),
	/** Nothing is missing any more. `sha256`: of the printed form, which is made again the same as long as nothing changes. */
	'form.completed': z.object({
		...form,
		version: z.int(),
		revision,
		sha256,
		printedAt: z.iso.datetime(),
	}),
	/** Somebody was shown its personal data in clear. */
	'form.unmasked': z.object({ ...form, reason: z.string() }),
} as const;
