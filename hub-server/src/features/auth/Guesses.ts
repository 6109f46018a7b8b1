import { trusted, type Connection, type Model } from 'mongoose';
import { isDuplicateKey } from '../../platform/mongo.ts';
import {
	failuresModel,
	knownPlaceModel,
	type FailuresRecord,
	type KnownPlaceRecord,
} from './Guesses.model.ts';
import { FAILURES_KEPT_MS, FREE_FAILURES, FREE_FAILURES_PER_ADDRESS, KNOWN_PLACE_MS } from './limits.ts';
import { SlowedKeys, type Taken } from './SlowedKeys.ts';

/** An attempt to give a password: whose, and where from. */
export interface Guess {
	name: string;
	address: string;
	/** The device, if its cookie says that it has signed in under this name. */
	deviceId: string | null;
}
interface Attempt extends Guess {
	taken: [SlowedKeys, Taken][];
	isKnown: boolean;
}

/**
 * Slows down whoever guesses passwords, without locking out the person whose name is guessed at. A device that has signed
 * in under a name counts for itself, and so does an address; all others together count against the name and against
 * their address. Unknown names count like known ones, so that no answer tells who exists.
 */
export class Guesses {
	readonly #perName: SlowedKeys;
	readonly #perAddress: SlowedKeys;
	readonly #places: Model<KnownPlaceRecord>;
	readonly #failures: Model<FailuresRecord>;

	constructor(connection: Connection) {
		this.#perName = new SlowedKeys(connection, 'name', FREE_FAILURES);
		this.#perAddress = new SlowedKeys(connection, 'address', FREE_FAILURES_PER_ADDRESS);
		this.#places = knownPlaceModel(connection);
		this.#failures = failuresModel(connection);
	}

	/** Both kinds of keys stand in one collection. */
	createIndexes(): Promise<void> {
		return this.#perName.createIndexes();
	}

	/** @throws AppError `lockedOut` with `params.minutes` */
	async begin(guess: Guess, now: Date): Promise<Attempt> {
		const { name, address, deviceId } = guess;
		if (deviceId !== null) return this.#take(guess, true, [[this.#perName, `device ${deviceId} ${name}`]]);
		const place = placeOf(guess);
		if (await this.#places.exists({ _id: place, expiresAt: trusted({ $gt: now }) })) {
			return this.#take(guess, true, [[this.#perName, `place ${place}`]]);
		}
		return this.#take(guess, false, [
			[this.#perName, `name ${name}`],
			[this.#perAddress, `address ${address}`],
		]);
	}

	/**
	 * Whether the password is right, as `work` finds; what could not be looked at does not count as an attempt.
	 * @throws what `work` throws
	 */
	async check({ taken }: Attempt, work: () => Promise<boolean>): Promise<boolean> {
		try {
			return await work();
		} catch (error) {
			await giveBack(taken);
			throw error;
		}
	}

	/** The password was right: this device and this address are known from now on. */
	async right({ taken, isKnown, ...guess }: Attempt, now: Date): Promise<void> {
		// What others have guessed from elsewhere stays counted.
		await Promise.all(taken.map(([keys, one]) => (isKnown ? keys.forget(one.key) : keys.giveBack(one))));
		const expiresAt = new Date(now.getTime() + KNOWN_PLACE_MS);
		await this.#places.updateOne({ _id: placeOf(guess) }, { expiresAt }, { upsert: true }).catch(unlessTwice);
	}

	/** The password was wrong. @returns how long the next attempt waits (s); null: not at all */
	async wrong({ taken, name, address }: Attempt, isStaff: boolean, now: Date): Promise<number | null> {
		const waits = await Promise.all(taken.map(([keys, one]) => keys.fail(one)));
		const wait = Math.max(0, ...waits.map((seconds) => seconds ?? 0));
		if (!isStaff) return wait || null;
		const slowed = taken.filter((_one, i) => waits[i] !== null).map(([, { key }]) => key);
		await this.#failures
			.updateOne(
				{ _id: name },
				{
					$inc: { count: 1 },
					$set: { lastAt: now, lastAddress: address, expiresAt: new Date(now.getTime() + FAILURES_KEPT_MS) },
					...(wait > 0 && {
						$max: { slowedUntil: new Date(now.getTime() + wait * 1000) },
						$addToSet: { slowedKeys: { $each: slowed } },
					}),
				},
				{ upsert: true },
			)
			.catch(unlessTwice);
		return wait || null;
	}

	/** An administrator lifts what slows the name down, wherever from, and forgets the failures. */
	async lift(name: string): Promise<void> {
		const record = await this.#failures.findOneAndDelete({ _id: name }).lean();
		const keys = new Set([`name ${name}`, ...(record?.slowedKeys ?? [])]);
		await Promise.all(
			[...keys].map((key) => (key.startsWith('address ') ? this.#perAddress : this.#perName).forget(key)),
		);
	}

	/** Recent failures under these names. */
	async failuresOf(names: readonly string[]): Promise<Map<string, FailuresRecord>> {
		const records = await this.#failures.find({ _id: trusted({ $in: [...names] }) }).lean();
		return new Map(records.map((record) => [record._id, record]));
	}

	async #take(guess: Guess, isKnown: boolean, keys: [SlowedKeys, string][]): Promise<Attempt> {
		const taken: Attempt['taken'] = [];
		try {
			for (const [limit, key] of keys) taken.push([limit, await limit.take(key)]);
		} catch (error) {
			await giveBack(taken);
			throw error;
		}
		return { ...guess, isKnown, taken };
	}
}

/** Where the database is away as well they are forgotten with their window. */
const giveBack = (taken: Attempt['taken']) =>
	Promise.allSettled(taken.map(([keys, one]) => keys.giveBack(one)));

const placeOf = ({ name, address }: Guess) => `${name} ${address}`;
/** Two hubs made the same record at the same moment. */
const unlessTwice = (error: unknown) => {
	if (!isDuplicateKey(error)) throw error;
};
