import { z } from 'zod';
import { knownCity } from '@counter-hub/shared/cities/cities.ts';
import { staffId } from '@counter-hub/shared/ids/ids.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { auditOfStaff } from '@counter-hub/shared/qualifications/auditOfStaff.ts';
import {
	qualificationRules,
	qualificationRulesBody,
} from '@counter-hub/shared/qualifications/qualificationRules.ts';
import {
	qualificationId,
	qualificationsOfStaff,
	recordQualificationBody,
	strikeQualificationBody,
} from '@counter-hub/shared/qualifications/qualifications.ts';
import { timelinePage, timelineQuery } from '@counter-hub/shared/timeline/eventView.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { assertMay } from '../auth/Principal.ts';
import { presentEvents } from '../cases/presentEvents.ts';
import { getStaff } from '../people/getStaff.ts';
import { timeline } from '../timeline/timeline.ts';
import { readQualificationRules, setQualificationRules } from './qualificationRules.ts';
import { readQualifications } from './readQualifications.ts';
import { recordQualification } from './recordQualification.ts';
import { strikeQualification } from './strikeQualification.ts';

const tag = 'Qualifications';
const path = '/staff/{staffId}/qualifications';
const params = z.strictObject({ staffId });
const cityParams = z.strictObject({ city: knownCity });
const rulesPath = '/cities/{city}/qualification-rules';

/** Training and exams of people (S4.3), and what cities ask for. The bytes of proofs go by the routes of bytes. */
export function qualificationRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path,
		operationId: 'listQualifications',
		summary: 'Training and exams of a person, those struck out marked, and what the city asks for',
		tag,
		guard,
		params,
		response: qualificationsOfStaff,
		errors: ['notAllowed', 'notFound'],
		handler: ({ actor, params: { staffId: id } }) => readQualifications(hub, actor, id),
	});

	hub.api.route({
		method: 'post',
		path,
		operationId: 'recordQualification',
		summary: 'Records that a person has passed a training or an exam',
		tag,
		guard,
		params,
		body: recordQualificationBody,
		response: qualificationsOfStaff,
		status: 201,
		errors: [
			'notAllowed',
			'notFound',
			'qualificationNotYet',
			'qualificationEndsEarly',
			'sameQualification',
			'tooManyQualifications',
			'unknownBlob',
			'wrongProofKind',
			'proofTooLarge',
			'personalNumber',
			'commandReused',
			'queueFull',
		],
		handler: async ({ actor, params: { staffId: id }, body }) => {
			await recordQualification(hub, actor, id, body);
			return readQualifications(hub, actor, id);
		},
	});

	hub.api.route({
		method: 'post',
		path: `${path}/{qualificationId}/strike`,
		operationId: 'strikeQualification',
		summary: 'Strikes out a record that was wrong: it counts no more and stays on record',
		tag,
		guard,
		params: z.strictObject({ staffId, qualificationId }),
		body: strikeQualificationBody,
		response: qualificationsOfStaff,
		errors: [
			'notAllowed',
			'notFound',
			'unknownQualification',
			'qualificationStruck',
			'personalNumber',
			'commandReused',
			'queueFull',
		],
		handler: async ({ actor, params: ids, body }) => {
			await strikeQualification(hub, actor, ids, body);
			return readQualifications(hub, actor, ids.staffId);
		},
	});

	hub.api.route({
		method: 'get',
		path: '/staff/{staffId}/proof-audit',
		operationId: 'readProofAudit',
		summary: 'Who opened which proof of a person, newest page or by sequence number',
		tag,
		guard,
		params,
		query: timelineQuery,
		response: timelinePage,
		errors: ['notAllowed', 'notFound'],
		handler: async ({ actor: { actor }, params: { staffId: id }, query }) => {
			const { cities } = await getStaff(hub, id);
			assertMay(may.readProofAudit(actor, { staffId: id, cities }));
			const { events, head } = await timeline(hub).page(auditOfStaff(id), query);
			return { events: await presentEvents(hub, events), head };
		},
	});

	hub.api.route({
		method: 'get',
		path: rulesPath,
		operationId: 'readQualificationRules',
		summary: 'Which training and exams a city asks for before somebody opens a shift',
		tag,
		guard,
		params: cityParams,
		response: qualificationRules,
		errors: ['unknownCity'],
		handler: ({ params: { city } }) => readQualificationRules(hub, city),
	});

	hub.api.route({
		method: 'put',
		path: rulesPath,
		operationId: 'setQualificationRules',
		summary: 'An administrator decides what his city asks for',
		tag,
		guard,
		params: cityParams,
		body: qualificationRulesBody,
		response: qualificationRules,
		errors: ['notAllowed', 'unknownCity', 'staleVersion', 'commandReused', 'queueFull'],
		handler: ({ actor, params: { city }, body }) => setQualificationRules(hub, actor, city, body),
	});
}
