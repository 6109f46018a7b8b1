import { Schema, trusted, type Connection, type Model } from 'mongoose';
import { FAILURES_BEFORE_LOCK, LOCK_MS } from './limits.ts';
import { modelOf } from '../../platform/modelOf.ts';

/** Failed sign-ins of one name, known or not. */
interface AttemptRecord {
	_id: string;
	failures: number;
	lockedUntil: Date | null;
	expiresAt: Date;
}

const schema = new Schema<AttemptRecord>(
	{
		_id: { type: String, required: true },
		failures: { type: Number, required: true },
		lockedUntil: { type: Date, default: null },
		expiresAt: { type: Date, required: true },
	},
	{ collection: 'signInAttempts', versionKey: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/**
 * Locks a name for 15 minutes after five failures. Kept in the database, so that neither a restart nor a second hub
 * gives more attempts, and for unknown names alike, so that the answer does not tell who exists.
 */
export class LockOut {
	readonly #attempts: Model<AttemptRecord>;

	constructor(connection: Connection) {
		this.#attempts = modelOf<AttemptRecord>(connection, 'SignInAttempt', schema);
	}

	/**
	 * Counts an attempt *before* the password is checked, so that many at once gain nothing.
	 * @returns until when the name is locked, or null: go on and check
	 */
	async begin(name: string, now: Date): Promise<Date | null> {
		const until = new Date(now.getTime() + LOCK_MS);
		const locked = { $gt: [{ $ifNull: ['$lockedUntil', new Date(0)] }, now] };
		const recent = { $gt: [{ $ifNull: ['$expiresAt', new Date(0)] }, now] };
		const before = await this.#attempts.findOneAndUpdate(
			{ _id: name },
			[
				{
					$set: {
						failures: {
							$cond: [locked, '$failures', { $cond: [recent, { $add: ['$failures', 1] }, 1] }],
						},
						expiresAt: { $cond: [locked, '$expiresAt', until] },
					},
				},
				{
					$set: {
						lockedUntil: {
							$cond: [
								locked,
								'$lockedUntil',
								{ $cond: [{ $gte: ['$failures', FAILURES_BEFORE_LOCK] }, until, null] },
							],
						},
					},
				},
			],
			{ upsert: true, updatePipeline: true, returnDocument: 'before', lean: true },
		);
		return before?.lockedUntil && before.lockedUntil > now ? before.lockedUntil : null;
	}

	/** The password was right, or an administrator gave a new one. */
	async forget(name: string): Promise<void> {
		await this.#attempts.deleteOne({ _id: name });
	}

	/** Which of the names are locked now, and until when. */
	async lockedAmong(names: readonly string[], now: Date): Promise<Map<string, Date>> {
		const records = await this.#attempts
			.find({ _id: trusted({ $in: [...names] }), lockedUntil: trusted({ $gt: now }) })
			.lean();
		return new Map(
			records.flatMap((record) => (record.lockedUntil ? [[record._id, record.lockedUntil]] : [])),
		);
	}
}
