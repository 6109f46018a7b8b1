import { auditPolicy } from '../audit/policy.ts';
import { calendarPolicy } from '../calendar/policy.ts';
import { casePolicy } from '../cases/policy.ts';
import { cityPolicy } from '../cities/policy.ts';
import { facilityPolicy } from '../facilities/policy.ts';
import { notePolicy } from '../notes/policy.ts';
import { figuresPolicy } from '../figures/policy.ts';
import { jobsPolicy } from '../jobs/policy.ts';
import { presencePolicy } from '../presence/policy.ts';
import { stillPolicy } from '../stills/policy.ts';
import { reviewPolicy } from '../reviews/policy.ts';
import { annotationPolicy } from '../annotations/policy.ts';
import { formPolicy } from '../forms/policy.ts';
import { chatPolicy } from '../chat/policy.ts';
import { filePolicy } from '../files/policy.ts';
import { guidePolicy } from '../guides/policy.ts';
import { hoursPolicy } from '../hours/policy.ts';
import { checkPolicy } from '../checks/policy.ts';
import { reminderPolicy } from '../reminders/policy.ts';
import { shiftPolicy } from '../shifts/policy.ts';
import { ticketPolicy } from '../tickets/policy.ts';
import { linkPolicy } from '../links/policy.ts';
import { qualificationPolicy } from '../qualifications/policy.ts';
import { readingPolicy } from '../reading/policy.ts';
import { rotaPolicy } from '../rota/policy.ts';
import { undertakingPolicy } from '../undertakings/policy.ts';
import { fitnessPolicy } from '../fitness/policy.ts';
import { importPolicy } from '../imports/policy.ts';
import { sessionPolicy } from '../sessions/policy.ts';
import { peoplePolicy } from './policy.ts';

/**
 * Who may do what, once, for REST, sockets and the page (which only hides what the hub would refuse anyway):
 * one line a feature.
 */
export const may = {
	...peoplePolicy,
	...cityPolicy,
	...casePolicy,
	...presencePolicy,
	...sessionPolicy,
	...figuresPolicy,
	...jobsPolicy,
	...notePolicy,
	...auditPolicy,
	...stillPolicy,
	...reviewPolicy,
	...annotationPolicy,
	...formPolicy,
	...chatPolicy,
	...filePolicy,
	...guidePolicy,
	...readingPolicy,
	...rotaPolicy,
	...qualificationPolicy,
	...undertakingPolicy,
	...fitnessPolicy,
	...importPolicy,
	...calendarPolicy,
	...hoursPolicy,
	...facilityPolicy,
	...linkPolicy,
	...checkPolicy,
	...ticketPolicy,
	...shiftPolicy,
	...reminderPolicy,
} as const;
