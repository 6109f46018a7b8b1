import { z } from 'zod';
import { commandId } from '../ids/ids.ts';
import { qualificationKind } from './qualifications.ts';

/** Which kinds a city asks for before somebody may open a shift. */
export const qualificationRule = z.object({
	required: z
		.array(qualificationKind)
		.max(qualificationKind.options.length)
		.refine((kinds) => new Set(kinds).size === kinds.length, { error: 'a kind stands there twice' }),
});

/** The rule in force; `version` rises with every decision. */
export const qualificationRules = qualificationRule
	.extend({ version: z.int().min(0) })
	.meta({ id: 'QualificationRules' });
export type QualificationRules = z.infer<typeof qualificationRules>;

/** Of a city that has decided nothing (S4.3: training before the post, and an exam). */
export const QUALIFICATION_RULES: QualificationRules = { required: ['induction', 'exam'], version: 0 };

/** `version` is the one last read, so that two administrators do not overwrite each other. */
export const qualificationRulesBody = z.strictObject({ commandId, ...qualificationRules.shape });
export type QualificationRulesBody = z.infer<typeof qualificationRulesBody>;
