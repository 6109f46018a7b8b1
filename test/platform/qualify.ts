import { randomUUID } from 'node:crypto';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import type { HubContext } from '@counter-hub/hub-server/HubContext.ts';
import { QUALIFICATION_RULES } from '@counter-hub/shared/qualifications/qualificationRules.ts';

/** Gives a person the qualifications that cities ask for unless they say otherwise. */
export async function qualify(hub: HubContext, staffId: string): Promise<void> {
	const passedOn = shanghaiDate(hub.now());
	await timeline(hub).append({
		subject: `staff:${staffId}`,
		commandId: randomUUID(),
		decide: () =>
			QUALIFICATION_RULES.required.map((kind) => ({
				type: 'qualification.recorded',
				data: {
					qualificationId: randomUUID(),
					kind,
					title: '专窗业务',
					passedOn,
					validUntil: null,
					result: '合格',
					proof: null,
				},
				actor: { kind: 'system', by: 'hub' },
			})),
	});
}
