import { subjectOfCase } from '@counter-hub/shared/cases/subjectOfCase.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../HubContext.ts';
import { getCaseRef } from '../cases/caseRef.ts';
import { timeline } from '../timeline/timeline.ts';
import { SHIFT, shiftsProjection } from './shiftProjections.ts';

/** What a confirmed handover passed on stands on the timeline of each case, and puts it among the receiver's own (S4.4c). */
export function followHandovers(hub: HubContext): void {
	timeline(hub).job({
		name: 'casesOfHandovers',
		kind: 'shift',
		types: ['shift.thingConfirmed'],
		handle: async ({ type, data, machine, actor }) => {
			if (type !== 'shift.thingConfirmed' || !data.key.startsWith('case:')) return;
			const shift = await timeline(hub).state(shiftsProjection, machine?.slice(SHIFT.length + 1) ?? '');
			if (!shift || actor.kind !== 'staff') return;
			const caseId = data.key.slice('case:'.length);
			const { handoverId } = data;
			const ref = await getCaseRef(hub, caseId);
			const duty = actor.counterId === ref.originCounterId ? 'receiving' : 'permit';
			const { events } = await timeline(hub).append({
				subject: subjectOfCase(caseId),
				commandId: `handedOver:${handoverId}`,
				decide: ({ seq }) => {
					if (seq === 0) throw new AppError('unknownCase');
					const handed = { handoverId, from: shift.staffId, to: actor.staffId };
					return [{ type: 'case.handedOver', data: handed, actor: { ...actor, duty } }];
				},
			});
			await timeline(hub).projected(events);
		},
	});
}
