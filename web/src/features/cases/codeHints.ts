import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { checkCitizenId } from '@counter-hub/shared/codes/citizenId.ts';
import { citizenIdForm, codeForm, phoneForm } from '@counter-hub/shared/codes/normalForm.ts';
import { isPhone } from '@counter-hub/shared/codes/phone.ts';
import { checkUscc, completeUscc } from '@counter-hub/shared/codes/uscc.ts';
import { m } from '#paraglide/messages.js';

/** What to say below a code while it is typed. `error` only for what more typing cannot mend. */
export interface CodeHint {
	hint?: string;
	error?: string;
	valid: boolean;
}

const LENGTH = 18;

export function usccHint(text: string): CodeHint {
	const code = codeForm(text);
	if (code === '') return { hint: m.case_new_usccHint(), valid: false };
	const expected = code.length === LENGTH ? expectedUsccDigit(code) : undefined;
	if (expected !== undefined && expected !== code.charAt(LENGTH - 1)) {
		return { error: `FORM-1102 ${m.case_new_usccExpected({ expected })}`, valid: false };
	}
	const at = Array.from(code).findIndex((character) => !/[0-9A-HJ-NPQRTUWXY]/.test(character));
	if (at >= 0) {
		return { error: m.case_new_usccCharacter({ at: at + 1, character: code.charAt(at) }), valid: false };
	}
	if (code.length < LENGTH) {
		return { hint: m.case_new_usccMore({ n: code.length, left: LENGTH - code.length }), valid: false };
	}
	if (code.length > LENGTH) return { error: m.case_new_usccLong({ n: code.length - LENGTH }), valid: false };
	const check = checkUscc(code);
	if (!check.valid) return { error: m.error_invalidUscc_what(), valid: false };
	return { hint: check.warning ? m.case_new_usccWarn() : m.case_new_usccOk(), valid: true };
}

/** What the 18th character has to be; nothing where one of the first 17 can never stand in a code. */
function expectedUsccDigit(code: string): string | undefined {
	try {
		return completeUscc(code.slice(0, LENGTH - 1)).charAt(LENGTH - 1);
	} catch {
		return undefined;
	}
}

/** `now`: hub time in milliseconds, because a date of birth may not lie in the future. */
export function citizenIdHint(text: string, now: number): CodeHint {
	const number = citizenIdForm(text);
	if (number === '') return { hint: m.case_new_citizenIdHint(), valid: false };
	if (!/^\d{0,17}[\dX]?$/.test(number)) return { error: m.case_new_citizenIdForm(), valid: false };
	if (number.length < LENGTH) {
		return { hint: m.case_new_usccMore({ n: number.length, left: LENGTH - number.length }), valid: false };
	}
	const check = checkCitizenId(number, shanghaiDate(now));
	if (check.valid) return { hint: m.case_new_ok(), valid: true };
	return {
		error: check.reason === 'date' ? m.case_new_citizenIdDate() : m.case_new_citizenIdCheck(),
		valid: false,
	};
}

/** `left`: the field was left, so an unfinished number is wrong and not merely short. */
export function phoneHint(text: string, left: boolean): CodeHint {
	const phone = phoneForm(text);
	if (phone === '') return { hint: m.case_new_phoneHint(), valid: false };
	if (isPhone(phone)) return { hint: m.case_new_ok(), valid: true };
	return left
		? { error: m.case_new_phoneBad(), valid: false }
		: { hint: m.case_new_phoneHint(), valid: false };
}
