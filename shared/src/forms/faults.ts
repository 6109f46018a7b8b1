import { z } from 'zod';
import { checkCitizenId } from '../codes/citizenId.ts';
import { isPhone } from '../codes/phone.ts';
import { checkUscc } from '../codes/uscc.ts';
import { isTable, placesOf, rowsOf, siblingPath, type Place, type ValueOf } from './fieldPaths.ts';
import type { FormDefinition, TableField, ValueField } from './formDefinition.ts';

const FAULTS = [
	'missing',
	'short',
	'uscc',
	'usccDigit',
	'citizenId',
	'citizenIdDate',
	'certificate',
	'phone',
	'postcode',
	'email',
	'amount',
	'amountLow',
	'amountHigh',
	'date',
	'dateFuture',
	'datePast',
	'dateOrder',
	'same',
	'answer',
	'rows',
] as const;

/** What is wrong with a field. `value` stands in the words: a limit, or the right check digit of a code; never what was written. */
export const fault = z.object({ key: z.enum(FAULTS), value: z.union([z.string(), z.number()]).optional() });
export type Fault = z.infer<typeof fault>;
export type FaultKey = Fault['key'];

/** Missing is what was not written yet; everything else is wrong. */
export const isMissing = ({ key }: Fault): boolean => key === 'missing' || key === 'rows';

/** What keeps the form from being handed in, by path, in the order of the form. `today`: ISO date in Shanghai. */
export function faultsOf(definition: FormDefinition, valueOf: ValueOf, today: string): Map<string, Fault> {
	return new Map(
		placesOf(definition, valueOf).flatMap((place) => {
			const found = faultAt(place, valueOf, today);
			return found ? [[place.path, found] as const] : [];
		}),
	);
}

/** What is wrong with one field that is asked for; nothing where it is right and complete. */
function faultAt(place: Place, valueOf: ValueOf, today: string): Fault | null {
	const { field, path } = place;
	const value = valueOf(path);
	if (isTable(field)) return faultOfRows(field, value);
	if (value === '') return field.required ? { key: 'missing' } : null;
	return (
		faultOfKind(place, field, value, valueOf, today) ?? faultOfRules(place, field, value, valueOf, today)
	);
}

function faultOfRows({ rows: { least } }: TableField, value: string): Fault | null {
	return rowsOf(value).length < least ? { key: 'rows', value: least } : null;
}

function faultOfKind(
	place: Place,
	field: ValueField,
	value: string,
	valueOf: ValueOf,
	today: string,
): Fault | null {
	switch (field.kind) {
		case 'uscc':
			return faultOfUscc(value);
		case 'citizenId':
			return faultOfCitizenId(value, today);
		case 'certificate':
			return faultOfCertificate(
				value,
				field.typeField === undefined ? '' : valueOf(siblingPath(place, field.typeField)),
				today,
			);
		case 'phone':
			return isPhone(value) ? null : { key: 'phone' };
		case 'postcode':
			return /^\d{6}$/.test(value) ? null : { key: 'postcode' };
		case 'email':
			return /^[^@]+@[^@.]+(?:\.[^@.]+)+$/.test(value) ? null : { key: 'email' };
		case 'amount':
			return /^\d+(?:\.\d+)?$/.test(value) ? null : { key: 'amount' };
		case 'date':
			return isRealDate(value) ? null : { key: 'date' };
		default:
			return null;
	}
}

function faultOfUscc(value: string): Fault | null {
	const check = checkUscc(value);
	if (check.valid) return null;
	return check.expected === undefined ? { key: 'uscc' } : { key: 'usccDigit', value: check.expected };
}

function faultOfCitizenId(value: string, today: string): Fault | null {
	const check = checkCitizenId(value, today);
	if (check.valid) return null;
	return { key: check.reason === 'date' ? 'citizenIdDate' : 'citizenId' };
}

/** By what the field beside it says it is; any other certificate has letters and digits of its own. */
function faultOfCertificate(value: string, type: string, today: string): Fault | null {
	if (type === 'citizenId') return faultOfCitizenId(value, today);
	if (type === 'businessLicence') return faultOfUscc(value);
	return /^[0-9A-Z()]{5,30}$/.test(value) ? null : { key: 'certificate' };
}

function faultOfRules(
	place: Place,
	{ rules = {} }: ValueField,
	value: string,
	valueOf: ValueOf,
	today: string,
): Fault | null {
	const { least, min, max, date, notBefore, differsFrom, mustBe } = rules;
	const other = (fieldId: string | undefined) =>
		fieldId === undefined ? '' : valueOf(siblingPath(place, fieldId));
	if (least !== undefined && Array.from(value).length < least) return { key: 'short', value: least };
	if (min !== undefined && Number(value) < min) return { key: 'amountLow', value: min };
	if (max !== undefined && Number(value) > max) return { key: 'amountHigh', value: max };
	if (date === 'past' && value > today) return { key: 'dateFuture' };
	if (date === 'future' && value < today) return { key: 'datePast' };
	if (other(notBefore) > value) return { key: 'dateOrder' };
	if (other(differsFrom) === value) return { key: 'same' };
	if (mustBe !== undefined && value !== mustBe) return { key: 'answer' };
	return null;
}

function isRealDate(iso: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return false;
	const date = new Date(`${iso}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}
