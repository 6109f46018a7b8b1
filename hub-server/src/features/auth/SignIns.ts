import { trusted, type Connection, type Model, type QueryFilter } from 'mongoose';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { SignInView } from '@counter-hub/shared/people/people.ts';
import { REFRESH_GRACE_MS, SIGN_IN_IDLE_MS, SIGN_IN_MAX_MS } from './limits.ts';
import { RefreshTokens } from './RefreshTokens.ts';
import { signInModel, type RevocationReason, type SignInRecord } from './SignIn.model.ts';

/** Where a request came from, for the person's own list of sign-ins. */
export interface Whence {
	address: string;
	userAgent: string;
}
/** A sign-in and the refresh token that its cookie gets. */
export interface LiveSignIn {
	id: string;
	staffId: string;
	refreshToken: string;
}

/** The sign-ins of everybody: made, refreshed, listed, revoked. */
export class SignIns {
	readonly #records: Model<SignInRecord>;
	readonly #tokens: RefreshTokens;
	readonly #onRevoked = new Set<(ids: string[]) => void>();

	constructor(connection: Connection, secret: string) {
		this.#records = signInModel(connection);
		this.#tokens = new RefreshTokens(secret);
	}

	/** Tells of sign-ins revoked through this hub, so that their sockets can be cut. */
	onRevoked(listener: (signInIds: string[]) => void): void {
		this.#onRevoked.add(listener);
	}

	async create(staffId: string, whence: Whence, now: Date): Promise<LiveSignIn> {
		const id = newId();
		const refreshToken = this.#tokens.create(id);
		await this.#records.create({
			_id: id,
			staffId,
			createdAt: now,
			lastUsedAt: now,
			expiresAt: expiry(now, now),
			address: whence.address,
			userAgent: whence.userAgent.slice(0, 300),
			tokenHash: RefreshTokens.hash(refreshToken),
		});
		return { id, staffId, refreshToken };
	}

	/**
	 * Replaces the refresh token. Within ten seconds a replaced token yields the same successor again; any other
	 * token that was once ours is theft, and ends the sign-in.
	 * @throws AppError `notSignedIn` or `signInRevoked`
	 */
	async refresh(id: string, token: string, whence: Whence, now: Date): Promise<LiveSignIn> {
		const hash = RefreshTokens.hash(token);
		const record = await this.#find(id, now);
		if (record.tokenHash === hash) {
			const nonce = RefreshTokens.newNonce();
			const refreshToken = this.#tokens.succeed(id, token, nonce);
			const { matchedCount } = await this.#records.updateOne(
				{ _id: id, tokenHash: hash, revokedAt: null },
				{
					tokenHash: RefreshTokens.hash(refreshToken),
					previousHash: hash,
					successorNonce: nonce,
					rotatedAt: now,
					lastUsedAt: now,
					expiresAt: expiry(record.createdAt, now),
					address: whence.address,
				},
			);
			if (matchedCount === 1) return { id, staffId: record.staffId, refreshToken };
			// Another request of the same tab was faster by a moment.
			return this.#repeat(await this.#find(id, now), token, now);
		}
		return this.#repeat(record, token, now);
	}

	async #repeat(record: SignInRecord, token: string, now: Date): Promise<LiveSignIn> {
		const { _id: id, successorNonce: nonce, rotatedAt } = record;
		if (record.previousHash === RefreshTokens.hash(token) && nonce !== null && rotatedAt !== null) {
			if (now.getTime() - rotatedAt.getTime() <= REFRESH_GRACE_MS) {
				return { id, staffId: record.staffId, refreshToken: this.#tokens.succeed(id, token, nonce) };
			}
		}
		if (!this.#tokens.wasOurs(id, token)) throw new AppError('notSignedIn');
		await this.revoke({ _id: id }, 'theft', now);
		throw new AppError('signInRevoked');
	}

	async #find(id: string, now: Date): Promise<SignInRecord> {
		const record = await this.#records.findById(id).lean();
		if (!record || record.expiresAt <= now) throw new AppError('notSignedIn');
		if (record.revokedAt) throw new AppError('signInRevoked');
		return record;
	}

	/** Ends sign-ins and tells the listeners; returns how many were live. */
	async revoke(which: QueryFilter<SignInRecord>, reason: RevocationReason, now: Date): Promise<number> {
		const live = await this.#records.find({ ...which, revokedAt: null }, { _id: 1 }).lean();
		const ids = live.map(({ _id }) => _id);
		if (ids.length === 0) return 0;
		await this.#records.updateMany(
			{ _id: trusted({ $in: ids }), revokedAt: null },
			{ revokedAt: now, revokedBecause: reason },
		);
		for (const listener of this.#onRevoked) listener(ids);
		return ids.length;
	}

	/** Sign-ins that were revoked since then, through any hub. */
	async revokedSince(since: Date): Promise<string[]> {
		const records = await this.#records.find({ revokedAt: trusted({ $gt: since }) }, { _id: 1 }).lean();
		return records.map(({ _id }) => _id);
	}

	/** The live sign-ins of a person, the latest used first; at most a hundred. */
	async list(staffId: string, currentId: string, now: Date): Promise<SignInView[]> {
		const records = await this.#records
			.find({ staffId, revokedAt: null, expiresAt: trusted({ $gt: now }) })
			.sort({ lastUsedAt: -1 })
			.limit(100)
			.lean();
		return records.map((record) => ({
			id: record._id,
			createdAt: record.createdAt.toISOString(),
			lastUsedAt: record.lastUsedAt.toISOString(),
			address: record.address,
			userAgent: record.userAgent,
			current: record._id === currentId,
		}));
	}

	/** Remembers the window that the PC was set to. */
	async chooseWindow(id: string, windowId: string | null): Promise<void> {
		await this.#records.updateOne({ _id: id }, { windowId });
	}
}

const expiry = (createdAt: Date, now: Date) =>
	new Date(Math.min(now.getTime() + SIGN_IN_IDLE_MS, createdAt.getTime() + SIGN_IN_MAX_MS));
