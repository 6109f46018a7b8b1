import { z } from 'zod';
import { itemNo } from '../catalogue/catalogue.ts';

/** What a form says, in both languages of the page; printed forms are Chinese. */
const formWords = z.object({ zh: z.string(), en: z.string() });
export type FormWords = z.infer<typeof formWords>;

const fieldId = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);

/** Kinds of fields, by what may stand in them. */
const FIELD_KINDS = [
	'text',
	'multiline',
	'amount',
	'date',
	'choice',
	'yesNo',
	'uscc',
	'postcode',
	// What belongs to a natural person: encrypted where it lies, masked for readers.
	'personName',
	'citizenId',
	'certificate',
	'phone',
	'email',
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** The field named has one of these values. A column names columns of its row, any other field those of the form. */
const condition = z.object({ field: fieldId, is: z.array(z.string()).min(1) });
export type FieldCondition = z.infer<typeof condition>;

const rules = z.object({
	/** Characters. */
	least: z.int().min(1).optional(),
	most: z.int().min(1).optional(),
	/** Of an amount. */
	min: z.number().optional(),
	max: z.number().optional(),
	decimals: z.int().min(0).max(6).optional(),
	/** A date that is not after today, or not before it. */
	date: z.enum(['past', 'future']).optional(),
	/** A date that is not before the one in this field. */
	notBefore: fieldId.optional(),
	/** Something else than what stands in this field. */
	differsFrom: fieldId.optional(),
	/** The one answer with which the form may be handed in. */
	mustBe: z.string().optional(),
});

const common = {
	id: fieldId,
	label: formWords,
	help: formWords.optional(),
	required: z.boolean(),
	/** Asked for only then. */
	when: condition.optional(),
};

/** A field with one value, which is always a text: `''` where it is empty, `yes` or `no`, `2026-11-23`, `1000000.00`. */
const valueField = z.object({
	...common,
	kind: z.enum(FIELD_KINDS),
	rules: rules.optional(),
	/** Of a choice. */
	options: z
		.array(z.object({ value: z.string().regex(/^[A-Za-z]\w{0,39}$/), label: formWords }))
		.min(2)
		.max(20)
		.optional(),
	/** Behind the field: 万元. */
	unit: formWords.optional(),
	/** Of a certificate: the field that says which one it is. */
	typeField: fieldId.optional(),
	/** Of a kind that belongs to a person: it belongs to none while this holds, for example for the name of a company. */
	openWhen: condition.optional(),
	/** Filled in from the case when the form is begun. */
	from: z.enum(['enterpriseName', 'uscc', 'itemName']).optional(),
	/** Takes the whole width where there is room for two. */
	wide: z.boolean().optional(),
});
export type ValueField = z.infer<typeof valueField>;

/** Rows of the same fields, such as shareholders. Its own value is the ids of the rows, with blanks between. */
const tableField = z.object({
	...common,
	kind: z.literal('table'),
	rowLabel: formWords,
	columns: z.array(valueField).min(1).max(12),
	rows: z.object({ least: z.int().min(0), most: z.int().min(1).max(50) }),
});
export type TableField = z.infer<typeof tableField>;

const formField = z.union([valueField, tableField]);
export type FormField = z.infer<typeof formField>;

export const formId = z
	.string()
	.regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
	.describe('A form of an item');

/**
 * A form 申请表单 of an item: data only. `version` rises with every change of the definition; a page that holds an
 * earlier one is refused and loads it anew.
 */
export const formDefinition = z
	.object({
		formId,
		itemNo,
		name: formWords,
		version: z.int().min(1),
		sections: z.array(z.object({ title: formWords, fields: z.array(formField).min(1) })).min(1),
		/** What the applicant declares with the signature; stands in print only. */
		declaration: z.array(z.string()),
		/** Lines for signatures and seals in print. */
		signatures: z.array(z.string()),
	})
	.meta({ id: 'FormDefinition' });
export type FormDefinition = z.infer<typeof formDefinition>;
