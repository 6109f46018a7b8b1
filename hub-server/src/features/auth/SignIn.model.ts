import { Schema, type Connection, type Model } from 'mongoose';
import type { RevocationReason } from '@counter-hub/shared/people/people.ts';
import { modelOf } from '../../platform/modelOf.ts';

/** One sign-in of one person in one browser tab. Refresh tokens are kept as SHA-256 hashes only. */
export interface SignInRecord {
	_id: string;
	staffId: string;
	createdAt: Date;
	lastUsedAt: Date;
	/** When the record is deleted: idle or too old. */
	expiresAt: Date;
	address: string;
	userAgent: string;
	windowId: string | null;
	/** Of the refresh token in force. */
	tokenHash: string;
	/** Of the token that it replaced, with what its successor was derived from. */
	previousHash: string | null;
	successorNonce: string | null;
	/** How often the refresh token was replaced. Access tokens name the generation that they were made beside. */
	generation: number;
	/** The latest generation that was used: the page has it, so the token before it must not come again. */
	usedGeneration: number;
	revokedAt: Date | null;
	revokedBecause: RevocationReason | null;
}
const schema = new Schema<SignInRecord>(
	{
		_id: { type: String, required: true },
		staffId: { type: String, required: true },
		createdAt: { type: Date, required: true },
		lastUsedAt: { type: Date, required: true },
		expiresAt: { type: Date, required: true },
		address: { type: String, default: '' },
		userAgent: { type: String, default: '' },
		windowId: { type: String, default: null },
		tokenHash: { type: String, required: true },
		previousHash: { type: String, default: null },
		successorNonce: { type: String, default: null },
		generation: { type: Number, default: 0 },
		usedGeneration: { type: Number, default: 0 },
		revokedAt: { type: Date, default: null },
		revokedBecause: { type: String, default: null },
	},
	{ collection: 'signIns', versionKey: false },
);
schema.index({ staffId: 1, revokedAt: 1 });
schema.index({ revokedAt: 1 }, { sparse: true });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const signInModel = (connection: Connection): Model<SignInRecord> =>
	modelOf<SignInRecord>(connection, 'SignIn', schema);
