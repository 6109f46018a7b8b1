import type { Feature } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { ownProofs } from './ownProofs.ts';
import { qualificationRoutes } from './qualification.routes.ts';
import { qualificationRulesProjection } from './qualificationRules.ts';
import { qualificationsProjection } from './qualificationsProjection.ts';

/** Training 培训 and exams 考核 of people, with their validity, and what each city asks for (S4.3). */
export const qualifications: Feature = {
	name: 'qualifications',
	register(hub) {
		timeline(hub).register(qualificationsProjection);
		timeline(hub).register(qualificationRulesProjection);
		qualificationRoutes(hub);
		ownProofs(hub);
	},
};
