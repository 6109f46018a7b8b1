import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../HubContext.ts';
import { isDuplicateKey } from '../../platform/mongo.ts';
import { engagementModel, type EngagementRecord } from './Engagement.model.ts';
import { presenceBoard } from './PresenceBoard.ts';

export interface Claim {
	staffId: string;
	sessionId: string;
	phase: EngagementRecord['phase'];
	pageId: string;
	signInId: string;
}

/** Makes a free person busy with a session; false where somebody is busy already, perhaps with this very one. */
export async function engageNew(hub: HubContext, { staffId, ...claim }: Claim): Promise<boolean> {
	try {
		await engagementModel(hub.connection).create({ _id: staffId, ...claim, since: new Date(hub.now()) });
	} catch (error) {
		if (!isDuplicateKey(error)) throw error;
		return false;
	}
	presenceBoard(hub).touch();
	return true;
}

/**
 * Makes a person busy with a session; a repeat, a later phase or another page of the same person replaces the record.
 * @throws AppError `alreadyInSession` while the person is busy with another one
 */
export async function engage(hub: HubContext, { staffId, sessionId, ...holder }: Claim): Promise<void> {
	try {
		await engagementModel(hub.connection).updateOne(
			{ _id: staffId, sessionId },
			{ $set: holder, $setOnInsert: { since: new Date(hub.now()) } },
			{ upsert: true },
		);
	} catch (error) {
		if (!isDuplicateKey(error)) throw error;
		// The same command through another hub may have been faster by a moment: that is no other session.
		const { matchedCount } = await engagementModel(hub.connection).updateOne(
			{ _id: staffId, sessionId },
			{ $set: holder },
		);
		if (matchedCount === 0) throw new AppError('alreadyInSession', { cause: error });
	}
	presenceBoard(hub).touch();
}

/** The call was answered: whoever takes part is in a call now, the caller too. */
export async function settleInCall(hub: HubContext, sessionId: string): Promise<void> {
	await engagementModel(hub.connection).updateMany(
		{ sessionId, phase: 'ringing' },
		{ $set: { phase: 'inCall' } },
	);
	presenceBoard(hub).touch();
}

/** Ends the engagement of one person, or of everybody in the session. */
export async function release(hub: HubContext, sessionId: string, staffId?: string): Promise<void> {
	await engagementModel(hub.connection).deleteMany(
		staffId === undefined ? { sessionId } : { _id: staffId, sessionId },
	);
	presenceBoard(hub).touch();
}

export function engagementOf(hub: HubContext, staffId: string): Promise<EngagementRecord | null> {
	return engagementModel(hub.connection).findById(staffId).lean();
}
