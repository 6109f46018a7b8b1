import { plainText } from '../codes/plainText.ts';
import { citizenIdForm, codeForm, phoneForm } from '../codes/normalForm.ts';
import { holdsPersonalNumber } from '../codes/personalNumbers.ts';
import type { FieldKind, ValueField } from './formDefinition.ts';

interface KindRules {
	/** The form in which a text is taken. */
	readonly normal: (text: string) => string;
	/** Whether a text in that form can stand there, finished or not. */
	readonly fits: (text: string, field: ValueField) => boolean;
	/** Belongs to a natural person. */
	readonly personal?: true;
	/** Anybody may read it, so that it must not hold a person's numbers. */
	readonly written?: true;
}

/** Characters of a field without a limit of its own. */
const TEXT_MOST = 200;
const MULTILINE_MOST = 2000;
const NAME_MOST = 40;

const trimmed = (text: string) => text.trim();
const matches = (pattern: RegExp) => (text: string) => pattern.test(text);
const within = (text: string, most: number) => Array.from(text).length <= most;
const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;
const LINES = /^(?:[^\p{Cc}]|\n|\t)*$/u;

const KINDS: Readonly<Record<FieldKind, KindRules>> = {
	text: {
		normal: trimmed,
		fits: (text, { rules }) => ONE_LINE.test(text) && within(text, rules?.most ?? TEXT_MOST),
		written: true,
	},
	multiline: {
		normal: (text) => text.replaceAll(/\r\n?/g, '\n').trim(),
		fits: (text, { rules }) => LINES.test(text) && within(text, rules?.most ?? MULTILINE_MOST),
		written: true,
	},
	amount: {
		normal: (text) => plainText(text).replaceAll(/[,，\s]/g, ''),
		fits: (text, { rules }) => {
			const [, decimals] = /^\d{0,8}(?:\.(\d*))?$/.exec(text) ?? [];
			return /^\d{0,8}(?:\.\d*)?$/.test(text) && (decimals ?? '').length <= (rules?.decimals ?? 6);
		},
	},
	date: {
		normal: (text) =>
			plainText(text)
				.trim()
				.replaceAll(/[/.年月]/g, '-')
				.replaceAll(/日$/g, ''),
		fits: matches(/^[\d-]{0,10}$/),
	},
	choice: {
		normal: trimmed,
		fits: (text, { options = [] }) => text === '' || options.some(({ value }) => value === text),
	},
	yesNo: { normal: trimmed, fits: matches(/^(?:yes|no)?$/) },
	uscc: { normal: codeForm, fits: matches(/^[0-9A-Z]{0,40}$/), written: true },
	postcode: { normal: (text) => plainText(text).trim(), fits: matches(/^\d{0,10}$/) },
	personName: {
		normal: trimmed,
		fits: (text) => ONE_LINE.test(text) && within(text, NAME_MOST),
		personal: true,
	},
	citizenId: { normal: citizenIdForm, fits: matches(/^[0-9X]{0,30}$/), personal: true },
	certificate: { normal: codeForm, fits: matches(/^[0-9A-Z()]{0,40}$/), personal: true },
	phone: { normal: phoneForm, fits: matches(/^[0-9+() -]{0,40}$/), personal: true },
	email: { normal: trimmed, fits: matches(/^[\x21-\x7e]{0,80}$/), personal: true },
};

/** Whether what stands in the field is encrypted where it lies, and masked for readers. */
export const isPersonal = (kind: FieldKind): boolean => KINDS[kind].personal === true;

export const normalValue = ({ kind }: ValueField, text: string): string => KINDS[kind].normal(text);

/** Why a text cannot even stand in a field as something unfinished. */
export type Refusal = 'wrongFieldValue' | 'personalNumber';

/** A text as the field takes it, or why it does not. Whether it is right and complete, `faultAt` says. */
export function takeValue(
	field: ValueField,
	text: string,
): { readonly value: string } | { readonly refused: Refusal } {
	const { normal, fits, written } = KINDS[field.kind];
	const value = normal(text);
	if (!fits(value, field)) return { refused: 'wrongFieldValue' };
	if (written === true && holdsPersonalNumber(value)) return { refused: 'personalNumber' };
	return { value };
}
