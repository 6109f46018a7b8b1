import type { HubContext } from '../../HubContext.ts';
import { personStore } from '../persons/PersonStore.ts';
import { timeline } from '../timeline/timeline.ts';
import { caseOpenings } from './CaseOpenings.ts';
import { caseProjection } from './caseProjection.ts';

export const UNOPENED_SWEEP_MS = 5 * 60_000;
/** Many times as long as an attempt can take; a page that comes back later begins anew with the same command. */
const UNOPENED_AFTER_MS = 3_600_000;

/**
 * Removes personal data whose case was never opened: a hub died, or gave up, between storing the person and appending
 * `case.opened`. The timeline is asked after the opening was taken out of reach, so that no attempt comes in between.
 */
export async function sweepUnopened(hub: HubContext): Promise<void> {
	const now = hub.now();
	const left = await caseOpenings(hub).takeLeft(new Date(now - UNOPENED_AFTER_MS), new Date(now));
	for (const { _id: id, caseId, personId } of left) {
		if (await timeline(hub).state(caseProjection, caseId)) {
			await caseOpenings(hub).settle(id);
		} else {
			await personStore(hub).discard(personId);
			await caseOpenings(hub).remove(id);
			hub.logger.info({ caseId }, 'personal data of a case that was never opened removed');
		}
	}
}
