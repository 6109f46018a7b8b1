import { z } from 'zod';
import { shanghaiDate } from '../calendar/shanghaiDate.ts';
import { checkCitizenId } from './citizenId.ts';
import { citizenIdForm, codeForm, phoneForm } from './normalForm.ts';
import { isPhone, PHONE } from './phone.ts';
import { checkUscc } from './uscc.ts';

/** Characters taken before a number is put into its normal form: what is not seen counts, too. */
export const MOST_PASTED = 80;

/** Unified social credit code in its normal form, whatever blanks, hyphens or full-width characters it came with; a wrong check digit names the right one in `params`. */
export const uscc = z
	.string()
	.max(MOST_PASTED)
	.transform(codeForm)
	.superRefine((code, context) => {
		const check = checkUscc(code);
		if (check.valid) return;
		context.addIssue({
			code: 'custom',
			message: `invalid USCC (${check.reason})`,
			params: {
				error: 'invalidUscc',
				reason: check.reason,
				...(check.expected !== undefined && { expected: check.expected }),
			},
		});
	})
	.meta({
		pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$',
		description: '统一社会信用代码, GB 32100-2015; the last character is a check digit',
		examples: ['91330100MA0000023P'],
	});

/** Citizen ID number in its normal form. */
export const citizenId = z
	.string()
	.max(MOST_PASTED)
	.transform(citizenIdForm)
	.superRefine((number, context) => {
		const check = checkCitizenId(number, shanghaiDate(Date.now()));
		if (check.valid) return;
		context.addIssue({
			code: 'custom',
			message: `invalid ID number (${check.reason})`,
			params: { error: 'invalidCitizenId', reason: check.reason },
		});
	})
	.meta({
		pattern: '^[0-9]{6}(1[89]|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]$',
		description: '公民身份号码, GB 11643-1999; the last character is a check digit',
		examples: ['310117190001010012'],
	});

/** Telephone number in its normal form (`phoneForm`). */
export const phone = z
	.string()
	.max(MOST_PASTED)
	.transform(phoneForm)
	.refine(isPhone, { error: 'invalid telephone number', params: { error: 'invalidPhone' } })
	.meta({
		pattern: PHONE.source,
		description: 'Mobile number, or landline with area code',
		examples: ['13800000000', '021-37736000'],
	});
