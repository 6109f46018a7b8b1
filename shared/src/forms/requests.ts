import { z } from 'zod';
import { sha256 } from '../blobs/blobs.ts';
import { freeText } from '../codes/freeText.ts';
import { caseId, commandId } from '../ids/ids.ts';
import { request } from '../realtime/ack.ts';
import { fieldPath } from './fieldPaths.ts';
import { formId } from './formDefinition.ts';
import { COMMENT_LENGTH, commentId, VALUE_LENGTH } from './forms.ts';

const revision = z.int().min(0);
const ofForm = { commandId, caseId, formId };

export const formRequests = {
	/**
	 * Writes one field. `basedOn`: the field's revision as the page knows it; refused with `FORM-1204` if it has another
	 * one by now. Answered when the majority has it in its journal, with the value as it stands and its revision.
	 */
	'form:write': request(
		z.strictObject({
			...ofForm,
			/** Edition of the definition that the page holds. */
			version: z.int().min(1),
			path: fieldPath,
			value: z.string().max(VALUE_LENGTH),
			basedOn: revision,
		}),
		z.object({ value: z.string(), revision }),
	),
	/** The id of the comment is the command's. */
	'form:comment': request(
		z.strictObject({ ...ofForm, path: fieldPath.nullable(), text: freeText(1, COMMENT_LENGTH) }),
		z.object({}),
	),
	'form:solveComment': request(z.strictObject({ ...ofForm, commentId }), z.object({})),
	/** Declares the form complete as it stood at a revision. Answered with the SHA-256 of the print. */
	'form:complete': request(z.strictObject({ ...ofForm, revision }), z.object({ sha256 })),
} as const;
