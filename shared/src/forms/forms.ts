import { z } from 'zod';
import { itemNo } from '../catalogue/catalogue.ts';
import { sha256 } from '../blobs/blobs.ts';
import { freeText } from '../codes/freeText.ts';
import { caseId, commandId, staffId, uuid } from '../ids/ids.ts';
import { fault } from './faults.ts';
import { fieldPath } from './fieldPaths.ts';
import { formDefinition, formId } from './formDefinition.ts';

/** Characters of a comment on a field. */
export const COMMENT_LENGTH = 300;
/** Comments on one form, solved ones too. */
export const COMMENTS_MAX = 200;
/** What is sent of one field; the longest kind takes less. */
export const VALUE_LENGTH = 8_000;

export const commentId = uuid.describe('A comment 留言 on a form');
const revision = z.int().min(0);
const moment = z.iso.datetime();

export const itemParams = z.strictObject({ itemNo: z.coerce.number().pipe(itemNo) });
export const caseFormsParams = z.strictObject({ caseId });
export const formParams = z.strictObject({ caseId, formId });
export const formList = z.object({ forms: z.array(formDefinition) }).meta({ id: 'FormList' });

/** What stands in one field. Without a revision of its own (0) it was filled in from the case. */
const fieldView = z.object({
	value: z.string(),
	/** Of the form, when this was written: what a change of the field is based on. */
	revision,
	/** The value belongs to a person, and this reader sees it masked. */
	masked: z.boolean(),
});
export type FieldView = z.infer<typeof fieldView>;

const draft = {
	formId,
	/** Rises with each change of a field. */
	revision,
	/** By path. */
	fields: z.record(z.string(), fieldView),
	/** What keeps the form from being handed in, by path; looked for in the unmasked values. */
	faults: z.record(z.string(), fault),
};
/** A form as it is filled in so far, for one reader; after a revision, only what was written since. */
export const draftView = z.object(draft).meta({ id: 'FormDraft' });
export type DraftView = z.infer<typeof draftView>;
export const draftQuery = z.strictObject({ after: z.coerce.number().pipe(revision).optional() });
/** What was written after a revision; whoever does not hold that one yet reads again. */
export const draftChange = z.object({ caseId, after: revision, ...draft });

export const unmaskFormBody = z.strictObject({ commandId, reason: freeText(4, 200) });

const formComment = z.object({
	commentId,
	/** Null: on the form as a whole. */
	path: fieldPath.nullable(),
	/** What the field is called, also when its row is gone. */
	label: z.string().nullable(),
	text: z.string(),
	at: moment,
	by: staffId.nullable(),
	byName: z.string().nullable(),
	solvedAt: moment.nullable(),
});
export type FormComment = z.infer<typeof formComment>;

/** What a case's timeline says of one form: everything but the values. */
const formProgress = z.object({
	formId,
	begunAt: moment.nullable(),
	/** Edition of the definition that it was begun or carried on with last. */
	version: z.int().nullable(),
	/** The latest that the timeline tells of. */
	revision,
	completed: z.object({ revision, sha256, printedAt: moment }).nullable(),
	comments: z.array(formComment),
});
export type FormProgress = z.infer<typeof formProgress>;

const caseForms = z.array(formProgress);
/** The forms of a case that anything was done with. */
export type CaseForms = readonly FormProgress[];
/** `seq`: place of the state on the case's timeline. */
export const caseFormsView = z.object({ state: caseForms, seq: z.int().min(0) }).meta({ id: 'CaseForms' });

/**
 * What both sides of a call say of a form over the volatile line, topic `form`: where somebody is writing (null: nowhere
 * any more), or which field is pointed at.
 */
export const formSaying = z.strictObject({
	what: z.enum(['writing', 'pointing']),
	formId,
	path: fieldPath.nullable(),
});
export type FormSaying = z.infer<typeof formSaying>;
export const FORM_TOPIC = 'form';
