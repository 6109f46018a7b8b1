import type { CaseDetail } from '../cases/cases.ts';
import { checkCitizenId } from '../codes/citizenId.ts';
import { maskCitizenId, maskPhone } from '../codes/masking.ts';
import { checkUscc } from '../codes/uscc.ts';
import type { Finding } from './findings.ts';
import type { ReadingResult } from './decisions.ts';
import { nameForm } from './nameForm.ts';

/** What the case says, as far as papers say it, too. Personal numbers are masked: more is not known here. */
export interface CaseFacts {
	readonly uscc: string;
	readonly name: string;
	readonly citizenId: string;
	readonly phone: string;
	/** ISO date, Asia/Shanghai. */
	readonly today: string;
}

export const factsOf = (
	{ uscc, enterpriseName, person }: Pick<CaseDetail, 'uscc' | 'enterpriseName' | 'person'>,
	today: string,
): CaseFacts => ({ uscc, name: enterpriseName, citizenId: person.citizenId, phone: person.phone, today });

/** Why it came out so, where that is not plain to see. */
export type Remark = 'visibleDigits' | 'checkDigit' | 'faint' | 'future' | 'expired';

export interface Comparison {
	readonly result: ReadingResult;
	/** What was read, as it may be shown: personal numbers masked, of a machine's code what the case has, too. */
	readonly read: string;
	/** What the case says; null where it says nothing. */
	readonly known: string | null;
	readonly remark: Remark | null;
}

/** Whether somebody could be born on a date is no matter here. */
const ANY_DATE = '9999-12-31';
/** Signs of which the reader is less sure may be others. */
const FAINT = 0.8;

/** Holds a finding against the case. It says what is alike and decides nothing. Pure. */
export function compare(finding: Finding, facts: CaseFacts): Comparison {
	const { kind, text, sound } = finding;
	switch (kind) {
		case 'uscc':
			return against(text, facts.uscc, text === facts.uscc, sound ? null : 'checkDigit');
		case 'name': {
			const same = nameForm(text) === nameForm(facts.name);
			return against(text, facts.name, same, finding.confidence < FAINT ? 'faint' : null);
		}
		case 'citizenId':
			return masked(maskCitizenId(text), facts.citizenId, sound);
		case 'phone':
			return masked(maskPhone(text), facts.phone, sound);
		case 'date':
			return plausible(finding, facts.today);
		case 'qr':
		case 'barcode':
			return ofCode(text, facts);
	}
}

/** `doubt`: why a difference may be the reader's. */
function against(read: string, known: string, same: boolean, doubt: Remark | null): Comparison {
	if (same) return { result: 'match', read, known, remark: null };
	return { result: doubt ? 'unsure' : 'differs', read, known, remark: doubt };
}

/** Only the digits that both sides show. */
function masked(read: string, known: string, sound: boolean): Comparison {
	if (!known.includes('*')) return { result: 'none', read, known: null, remark: sound ? null : 'checkDigit' };
	const { result, remark } = against(read, known, read === known, sound ? null : 'checkDigit');
	return { result, read, known, remark: remark ?? 'visibleDigits' };
}

function plausible({ text, sense }: Finding, today: string): Comparison {
	if (sense === 'until' && text < today)
		return { result: 'differs', read: text, known: today, remark: 'expired' };
	if (sense !== 'until' && text > today)
		return { result: 'differs', read: text, known: today, remark: 'future' };
	return { result: 'none', read: text, known: null, remark: null };
}

/** A machine's code carries an address with the USCC in it, or the name. */
function ofCode(text: string, { uscc, name }: CaseFacts): Comparison {
	const plain = decoded(text);
	const codes = usccsIn(plain);
	const own = codes.find((code) => code === uscc) ?? codes[0];
	if (own !== undefined) return against(own, uscc, own === uscc, null);
	if (nameForm(plain).includes(nameForm(name))) return against(name, name, true, null);
	return { result: 'none', read: plain, known: null, remark: null };
}

/** An ID number can look like a code of digits alone; it is not taken for one. */
function usccsIn(text: string): string[] {
	const runs = text.toUpperCase().match(/[0-9A-Z]+/g) ?? [];
	return runs.filter(
		(run) => run.length === 18 && checkUscc(run).valid && !checkCitizenId(run, ANY_DATE).valid,
	);
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
