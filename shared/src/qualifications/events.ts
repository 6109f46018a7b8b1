import { z } from 'zod';
import { qualificationRule } from './qualificationRules.ts';
import { qualificationContent, qualificationId } from './qualifications.ts';

export const qualificationEvents = {
	/** On `staff:<id>`: this person has passed a training or an exam (S4.3). */
	'qualification.recorded': qualificationContent,
	/** On `staff:<id>`: a record was wrong. Nothing is deleted. */
	'qualification.struck': z.object({ qualificationId, reason: z.string() }),
	/** On `city:<code>`: what the city asks for from now on. */
	'city.qualificationRules': qualificationRule,
} as const;
