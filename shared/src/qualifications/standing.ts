import { QUALIFICATION_LIMITS } from './qualificationLimits.ts';
import type { Qualification, QualificationKind } from './qualifications.ts';

/** What counts of a record. Days are local dates, `2026-11-23`. */
type Standing = Pick<Qualification, 'kind' | 'passedOn' | 'validUntil'> & { readonly struck: object | null };

/** Whether a record counts on a day: from the day it was passed to the last day it is valid, both included. */
export const countsOn = ({ passedOn, validUntil, struck }: Standing, date: string): boolean =>
	struck === null && passedOn <= date && (validUntil === null || date <= validUntil);

/** The required kinds of which a person holds no record that counts on that day (S4.3). Pure. */
export function missingQualifications(
	records: readonly Standing[],
	required: readonly QualificationKind[],
	date: string,
): QualificationKind[] {
	return required.filter((kind) => !records.some((one) => one.kind === kind && countsOn(one, date)));
}

/**
 * What runs out within 30 days of a day: of each kind the record that holds longest, if even that one ends then. A
 * kind that was renewed in time is not among them. Pure.
 */
export function expiringQualifications<R extends Standing>(records: readonly R[], date: string): R[] {
	const last = new Map<QualificationKind, R>();
	for (const one of records) {
		if (!countsOn(one, date)) continue;
		const held = last.get(one.kind);
		if (!held || endOf(one) > endOf(held)) last.set(one.kind, one);
	}
	return [...last.values()].filter(
		({ validUntil }) => validUntil !== null && daysFrom(date, validUntil) <= QUALIFICATION_LIMITS.noticeDays,
	);
}

/** Later than every date: `~` sorts behind all digits. */
const endOf = ({ validUntil }: Standing): string => validUntil ?? '~';

/** Days from one local date to another; negative where that lies before. */
export const daysFrom = (date: string, other: string): number =>
	(Date.parse(other) - Date.parse(date)) / 86_400_000;
