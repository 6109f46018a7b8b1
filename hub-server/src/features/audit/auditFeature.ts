import { z } from 'zod';
import { auditOfCase } from '@counter-hub/shared/audit/audit.ts';
import { caseId } from '@counter-hub/shared/ids/ids.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { timelinePage, timelineQuery } from '@counter-hub/shared/timeline/eventView.ts';
import type { Feature } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { assertMay } from '../auth/Principal.ts';
import { getCase } from '../cases/getCase.ts';
import { presentEvents } from '../cases/presentEvents.ts';
import { timeline } from '../timeline/timeline.ts';

/** Who opened which protected thing of a case, and when (X3). */
export const audit: Feature = {
	name: 'audit',
	register(hub) {
		hub.api.route({
			method: 'get',
			path: '/cases/{caseId}/audit',
			operationId: 'readAudit',
			summary: 'Who opened which still or file of the case, newest page or by sequence number',
			tag: 'Audit',
			guard: signedIn(hub),
			params: z.strictObject({ caseId }),
			query: timelineQuery,
			response: timelinePage,
			errors: ['notAllowed', 'unknownCase'],
			handler: async ({ actor: { actor }, params: { caseId: id }, query }) => {
				assertMay(may.readAudit(actor, await getCase(hub, id)));
				const { events, head } = await timeline(hub).page(auditOfCase(id), query);
				return { events: await presentEvents(hub, events), head };
			},
		});
	},
};
