import { z } from 'zod';
import { shanghaiDate } from '../calendar/shanghaiDate.ts';
import { checkCitizenId } from './citizenId.ts';
import { isPhone } from './phone.ts';
import { checkUscc } from './uscc.ts';

/** Unified social credit code, normalised to upper case; a wrong check digit names the right one in `params`. */
export const uscc = z
	.string()
	.max(40)
	.transform((text) => text.trim().toUpperCase())
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
	.meta({ description: '统一社会信用代码, GB 32100-2015', examples: ['91330100MA0000023P'] });

/** Citizen ID number, normalised to upper case. */
export const citizenId = z
	.string()
	.max(40)
	.transform((text) => text.trim().toUpperCase())
	.superRefine((number, context) => {
		const check = checkCitizenId(number, shanghaiDate(Date.now()));
		if (check.valid) return;
		context.addIssue({
			code: 'custom',
			message: `invalid ID number (${check.reason})`,
			params: { error: 'invalidCitizenId', reason: check.reason },
		});
	})
	.meta({ description: '公民身份号码, GB 11643-1999' });

export const phone = z
	.string()
	.max(40)
	.transform((text) => text.replaceAll(/\s/g, ''))
	.refine(isPhone, { error: 'invalid telephone number', params: { error: 'invalidPhone' } })
	.meta({ description: 'Mobile number, or landline with area code' });
