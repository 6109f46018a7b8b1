import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../HubContext.ts';
import { engage, engagementOf, release, type Claim } from '../presence/engagements.ts';
import { findSession } from './runSessionCommand.ts';

/**
 * Makes a person busy with a session. An engagement whose session is over, or never came to be because its hub died
 * in between, does not count.
 * @throws AppError `alreadyInSession`
 */
export async function engageFree(hub: HubContext, claim: Claim): Promise<void> {
	try {
		await engage(hub, claim);
	} catch (error) {
		if (!(error instanceof AppError && error.key === 'alreadyInSession')) throw error;
		const held = await engagementOf(hub, claim.staffId);
		const session = held && (await findSession(hub, held.sessionId));
		const underWay = held !== null && hub.now() - held.since.getTime() < UNSETTLED_MS;
		if (held && (session ? session.state !== 'ended' : underWay)) throw error;
		if (held) await release(hub, held.sessionId, claim.staffId);
		await engage(hub, claim);
	}
}

/** Between the engagement and its session's first event there is one append; after this time it did not happen. */
const UNSETTLED_MS = 30_000;
