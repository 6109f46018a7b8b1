import { trusted, type Connection, type Model, type QueryFilter } from 'mongoose';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { RevocationReason, SignInView } from '@counter-hub/shared/people/people.ts';
import { SIGN_IN_IDLE_MS, SIGN_IN_MAX_MS } from './limits.ts';
import { RefreshTokens } from './RefreshTokens.ts';
import { signInModel, type SignInRecord } from './SignIn.model.ts';

/** Where a request came from, for the person's own list of sign-ins. */
export interface Whence {
	address: string;
	userAgent: string;
}
/** A sign-in and the refresh token that its cookie gets. */
export interface LiveSignIn {
	id: string;
	staffId: string;
	/** Of the refresh token. */
	generation: number;
	refreshToken: string;
}
/** A sign-in that is over, and why. */
export interface Revocation {
	id: string;
	reason: RevocationReason;
}

/** The sign-ins of everybody: made, refreshed, listed, revoked. */
export class SignIns {
	readonly #records: Model<SignInRecord>;
	readonly #tokens: RefreshTokens;
	readonly #onRevoked = new Set<(revocations: Revocation[]) => void>();

	constructor(connection: Connection, secret: string) {
		this.#records = signInModel(connection);
		this.#tokens = new RefreshTokens(secret);
	}

	/** Tells of sign-ins revoked through this hub, so that their sockets can be cut. */
	onRevoked(listener: (revocations: Revocation[]) => void): void {
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
		return { id, staffId, generation: 0, refreshToken };
	}

	/**
	 * Replaces the refresh token. The answer may be lost on its way: so the replaced token yields the same successor
	 * again, however late, until that successor has been used. From then on the page has it, and the replaced token, like
	 * every older one that was ours, is in other hands: that ends the sign-in.
	 * @throws AppError `notSignedIn`, or `signInRevoked` with `params.reason`
	 */
	async refresh(id: string, token: string | undefined, whence: Whence, now: Date): Promise<LiveSignIn> {
		const record = await this.#find(id, now);
		if (token === undefined) throw new AppError('notSignedIn');
		const hash = RefreshTokens.hash(token);
		if (record.tokenHash === hash) {
			const nonce = RefreshTokens.newNonce();
			const refreshToken = this.#tokens.succeed(id, token, nonce);
			const { matchedCount } = await this.#records.updateOne(
				{ _id: id, tokenHash: hash, revokedAt: null },
				{
					$set: {
						tokenHash: RefreshTokens.hash(refreshToken),
						previousHash: hash,
						successorNonce: nonce,
						...latestUse(record, whence, now),
					},
					$inc: { generation: 1 },
				},
			);
			const { staffId, generation } = record;
			if (matchedCount === 1) return { id, staffId, generation: generation + 1, refreshToken };
			// Another request of the same tab was faster by a moment.
			return this.#repeat(await this.#find(id, now), token, whence, now);
		}
		return this.#repeat(record, token, whence, now);
	}

	/** Whether this product made the token for that sign-in, at whatever time. */
	wasOurs(id: string, token: string | undefined): boolean {
		return token !== undefined && this.#tokens.wasOurs(id, token);
	}

	async #repeat(record: SignInRecord, token: string, whence: Whence, now: Date): Promise<LiveSignIn> {
		const { _id: id, staffId, generation, successorNonce: nonce } = record;
		const isUsed = record.usedGeneration >= generation;
		if (nonce !== null && !isUsed && record.previousHash === RefreshTokens.hash(token)) {
			await this.#records.updateOne({ _id: id, revokedAt: null }, latestUse(record, whence, now));
			return { id, staffId, generation, refreshToken: this.#tokens.succeed(id, token, nonce) };
		}
		if (!this.#tokens.wasOurs(id, token)) throw new AppError('notSignedIn');
		await this.revoke({ _id: id }, 'theft', now);
		throw signInRevoked('theft');
	}

	/** Notes that access tokens of these generations have come back: the pages have the refresh tokens beside them. */
	async markUsed(uses: readonly { id: string; generation: number }[]): Promise<void> {
		if (uses.length === 0) return;
		await this.#records.bulkWrite(
			uses.map(({ id, generation }) => ({
				updateOne: { filter: { _id: id }, update: { $max: { usedGeneration: generation } } },
			})),
			{ ordered: false },
		);
	}

	async #find(id: string, now: Date): Promise<SignInRecord> {
		const record = await this.#records.findById(id).lean();
		if (!record || record.expiresAt <= now) throw new AppError('notSignedIn');
		if (record.revokedAt) throw signInRevoked(record.revokedBecause);
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
		for (const listener of this.#onRevoked) listener(ids.map((id) => ({ id, reason })));
		return ids.length;
	}

	/** Sign-ins that were revoked since then, through any hub. */
	async revokedSince(since: Date): Promise<Revocation[]> {
		const records = await this.#records
			.find({ revokedAt: trusted({ $gt: since }) }, { revokedBecause: 1 })
			.lean();
		return records.map(({ _id, revokedBecause }) => ({ id: _id, reason: revokedBecause ?? 'revoked' }));
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

const latestUse = ({ createdAt }: SignInRecord, { address }: Whence, now: Date) => ({
	lastUsedAt: now,
	expiresAt: expiry(createdAt, now),
	address,
});

/** The refusal that says why the sign-in is over. */
export const signInRevoked = (reason: RevocationReason | null) =>
	new AppError('signInRevoked', { params: { reason: reason ?? 'revoked' } });
