import type { Fault, FaultKey } from '@counter-hub/shared/forms/faults.ts';
import { isMissing } from '@counter-hub/shared/forms/faults.ts';
import { isTable, type Place } from '@counter-hub/shared/forms/fieldPaths.ts';
import type { Refusal } from '@counter-hub/shared/forms/fieldKinds.ts';
import type { FormWords, ValueField } from '@counter-hub/shared/forms/formDefinition.ts';
import { m } from '#paraglide/messages.js';
import { getLocale } from '#paraglide/runtime.js';
import type { FieldEntry } from './FieldEntry.svelte.ts';

/** What a form says, in the language of the page. */
export const inWords = ({ zh, en }: FormWords): string => (getLocale() === 'en' ? en : zh);

export const yesNoOptions = () =>
	[
		{ value: 'yes', label: m.forms_yes() },
		{ value: 'no', label: m.forms_no() },
	] as const;

/** A value as people read it: a choice by its name, an amount with its unit. */
export function valueInWords(field: ValueField, value: string): string {
	if (value === '') return '';
	if (field.kind === 'yesNo') return yesNoOptions().find((one) => one.value === value)?.label ?? value;
	const option = field.options?.find((one) => one.value === value);
	if (option) return inWords(option.label);
	return field.unit ? `${value} ${inWords(field.unit)}` : value;
}

const FAULT_WORDS: Readonly<Record<FaultKey, (values: { value: string | number }) => string>> = {
	missing: m.forms_fault_missing,
	short: m.forms_fault_short,
	uscc: m.forms_fault_uscc,
	usccDigit: m.forms_fault_usccDigit,
	citizenId: m.forms_fault_citizenId,
	citizenIdDate: m.forms_fault_citizenIdDate,
	certificate: m.forms_fault_certificate,
	phone: m.forms_fault_phone,
	postcode: m.forms_fault_postcode,
	email: m.forms_fault_email,
	amount: m.forms_fault_amount,
	amountLow: m.forms_fault_amountLow,
	amountHigh: m.forms_fault_amountHigh,
	date: m.forms_fault_date,
	dateFuture: m.forms_fault_dateFuture,
	datePast: m.forms_fault_datePast,
	dateOrder: m.forms_fault_dateOrder,
	same: m.forms_fault_same,
	answer: m.forms_fault_answer,
	rows: m.forms_fault_rows,
};

export const faultText = ({ key, value = '' }: Fault): string => FAULT_WORDS[key]({ value });

/** What more typing cannot mend is said at once. */
const AT_ONCE: ReadonlySet<FaultKey> = new Set([
	'usccDigit',
	'citizenIdDate',
	'amountHigh',
	'dateFuture',
	'datePast',
	'dateOrder',
	'same',
	'answer',
]);
/** From this length on a code or a date is as long as it will be. */
const FULL_LENGTH: Partial<Record<ValueField['kind'], number>> = {
	uscc: 18,
	citizenId: 18,
	certificate: 18,
	postcode: 6,
	date: 10,
};

/** What is to be said below a field that is being filled in; what is only unfinished waits until it was left. */
export function faultToSay(
	{ field }: Place,
	entry: FieldEntry,
	fault: Fault | undefined,
): string | undefined {
	if (!fault || isTable(field)) return undefined;
	const isFull = entry.value.length >= (FULL_LENGTH[field.kind] ?? Infinity) && !isMissing(fault);
	return entry.left || AT_ONCE.has(fault.key) || isFull ? faultText(fault) : undefined;
}

export function refusalText({ field }: Place, refusal: Refusal): string {
	if (refusal === 'personalNumber') return m.forms_refused_personal();
	return field.kind === 'amount' ? m.forms_fault_amount() : m.forms_refused_sign();
}
