import { trusted } from 'mongoose';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../HubContext.ts';
import { engagementModel, type EngagementRecord } from '../presence/Engagement.model.ts';
import { engage, engagementOf, release, type Claim } from '../presence/engagements.ts';
import { isParty } from './callRules.ts';
import { findSession } from './runSessionCommand.ts';

/**
 * Makes a person busy with a session. An engagement whose session is over, or which did not get its person into the
 * session because its hub died in between, does not count.
 * @throws AppError `alreadyInSession`
 */
export async function engageFree(hub: HubContext, claim: Claim): Promise<void> {
	try {
		await engage(hub, claim);
	} catch (error) {
		if (!(error instanceof AppError && error.key === 'alreadyInSession')) throw error;
		const held = await engagementOf(hub, claim.staffId);
		if (held && !(await isStale(hub, held))) throw error;
		if (held) await release(hub, held.sessionId, claim.staffId);
		await engage(hub, claim);
	}
}

/**
 * Frees those whom a dying hub left busy with a session that is over or never came to be; otherwise no call would ring
 * for them until they make one.
 */
export function releaseStale(hub: HubContext): void {
	let last = '';
	hub.sweeper.every(STALE_SWEEP_MS, 'engagements of sessions that are over', async () => {
		const held = await engagementModel(hub.connection)
			.find({ _id: trusted({ $gt: last }) })
			.sort({ _id: 1 })
			.limit(SWEPT_AT_ONCE)
			.lean();
		// Where there are more, the next sweep goes on behind these.
		last = held.length === SWEPT_AT_ONCE ? (held.at(-1)?._id ?? '') : '';
		for (const one of held) if (await isStale(hub, one)) await release(hub, one.sessionId, one._id);
	});
}

async function isStale(hub: HubContext, { _id: staffId, sessionId, since }: EngagementRecord) {
	const session = await findSession(hub, sessionId);
	if (session?.state === 'ended') return true;
	if (session && isParty(session, staffId)) return false;
	return hub.now() - since.getTime() >= UNSETTLED_MS;
}

const STALE_SWEEP_MS = 5_000;
const SWEPT_AT_ONCE = 500;
/** Between the engagement and the event that it is for there is one append; after this time it did not happen. */
const UNSETTLED_MS = 30_000;
