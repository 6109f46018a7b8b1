import { Schema, trusted, type Connection, type Model } from 'mongoose';
import { cityOf, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { perHub } from '../../perHub.ts';
import { isDuplicateKey } from '../../platform/mongo.ts';
import { modelOf } from '../../platform/modelOf.ts';

/** What a command to open a case has been given, so that repeating it opens no second case. */
interface OpeningRecord {
	/** The command's id. */
	_id: string;
	staffId: string;
	/** Of what the command asked for. */
	digest: string;
	caseId: string;
	personId: string;
	caseNo: string;
	createdAt: Date;
	/** When an attempt to open the case was last under way; missing once it is known to be open. */
	pendingSince?: Date;
	/** Given up: what it wrote is being removed. */
	sweptAt?: Date;
}
interface NumberRecord {
	/** City letters and date, for example `SJ-261123`. */
	_id: string;
	last: number;
}

const openingSchema = new Schema<OpeningRecord>(
	{
		_id: { type: String, required: true },
		staffId: { type: String, required: true },
		digest: { type: String, required: true },
		caseId: { type: String, required: true },
		personId: { type: String, required: true },
		caseNo: { type: String, required: true },
		createdAt: { type: Date, required: true },
		pendingSince: Date,
		sweptAt: Date,
	},
	{ collection: 'caseOpenings', versionKey: false },
);
openingSchema.index({ pendingSince: 1 }, { sparse: true });
const numberSchema = new Schema<NumberRecord>(
	{ _id: { type: String, required: true }, last: { type: Number, required: true } },
	{ collection: 'caseNumbers', versionKey: false },
);

/** Openings that one sweep looks at. */
const LEFT_MAX = 200;

/** Gives each command to open a case its ids and number, once. */
class CaseOpenings {
	readonly #openings: Model<OpeningRecord>;
	readonly #numbers: Model<NumberRecord>;

	constructor(connection: Connection) {
		this.#openings = modelOf<OpeningRecord>(connection, 'CaseOpening', openingSchema);
		this.#numbers = modelOf<NumberRecord>(connection, 'CaseNumber', numberSchema);
	}

	/** @throws AppError `commandReused` if the id was used by somebody else or for something else */
	async claim(
		command: { commandId: string; staffId: string; digest: string },
		city: CityCode,
		now: Date,
	): Promise<OpeningRecord> {
		const earlier = await this.earlier(command);
		if (earlier) return this.#resume(earlier, now);
		const record: OpeningRecord = {
			_id: command.commandId,
			staffId: command.staffId,
			digest: command.digest,
			caseId: newId(now.getTime()),
			personId: newId(now.getTime()),
			caseNo: await this.nextNumber(city, now),
			createdAt: now,
			pendingSince: now,
		};
		try {
			await this.#openings.create(record);
			return record;
		} catch (error) {
			if (!isDuplicateKey(error)) throw error;
			const winner = await this.earlier(command);
			if (!winner) throw error;
			return this.#resume(winner, now);
		}
	}

	/** An attempt is under way again: what it writes must not be removed beneath it. */
	async #resume(opening: OpeningRecord, now: Date): Promise<OpeningRecord> {
		const { matchedCount } = await this.#openings.updateOne(
			{ _id: opening._id, sweptAt: null },
			{ pendingSince: now },
		);
		// It was given up a moment ago; asked again, the command begins anew.
		if (matchedCount === 0) throw new AppError('unavailable');
		return opening;
	}

	/** Openings that nobody has attempted since `before`, out of the reach of later attempts from now on. */
	async takeLeft(before: Date, now: Date): Promise<OpeningRecord[]> {
		const stale = { pendingSince: trusted({ $lt: before }) };
		const left = await this.#openings.find(stale).limit(LEFT_MAX).lean();
		const taken = await Promise.all(
			left.map(async (opening) => {
				const { matchedCount } = await this.#openings.updateOne(
					{ _id: opening._id, ...stale },
					{ sweptAt: now },
				);
				return matchedCount === 1 ? [opening] : [];
			}),
		);
		return taken.flat();
	}

	/** The case is open. */
	async settle(id: string): Promise<void> {
		await this.#openings.updateOne({ _id: id }, { $unset: { pendingSince: 1, sweptAt: 1 } });
	}

	/** The case was never opened, and nothing of it is left. */
	async remove(id: string): Promise<void> {
		await this.#openings.deleteOne({ _id: id });
	}

	/** For example `SJ-261123-0042`: city, day in Shanghai, running number of that city and day. Numbers may be skipped. */
	async nextNumber(city: CityCode, now: Date): Promise<string> {
		const day = shanghaiDate(now.getTime()).slice(2).replaceAll('-', '');
		const prefix = `${cityOf(city).letters}-${day}`;
		const { last } = await this.#numbers
			.findOneAndUpdate({ _id: prefix }, { $inc: { last: 1 } }, { upsert: true, returnDocument: 'after' })
			.orFail()
			.lean();
		return `${prefix}-${String(last).padStart(4, '0')}`;
	}

	/** Makes sure that numbers up to the given ones are not given out again; for cases that were numbered elsewhere. */
	async reserve(numbers: ReadonlyMap<string, number>): Promise<void> {
		await this.#numbers.bulkWrite(
			[...numbers].map(([prefix, last]) => ({
				updateOne: { filter: { _id: prefix }, update: { $max: { last } }, upsert: true },
			})),
		);
	}

	/** What the command was given before. @throws AppError `commandReused` */
	async earlier(command: {
		commandId: string;
		staffId: string;
		digest: string;
	}): Promise<OpeningRecord | null> {
		const record = await this.#openings.findById(command.commandId).lean();
		if (record && (record.staffId !== command.staffId || record.digest !== command.digest)) {
			throw new AppError('commandReused');
		}
		return record;
	}
}

export const caseOpenings = perHub((hub) => new CaseOpenings(hub.connection));
