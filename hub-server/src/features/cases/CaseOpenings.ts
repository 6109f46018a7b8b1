import { Schema, type Connection, type Model } from 'mongoose';
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
	},
	{ collection: 'caseOpenings', versionKey: false },
);
const numberSchema = new Schema<NumberRecord>(
	{ _id: { type: String, required: true }, last: { type: Number, required: true } },
	{ collection: 'caseNumbers', versionKey: false },
);

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
		if (earlier) return earlier;
		const record: OpeningRecord = {
			_id: command.commandId,
			staffId: command.staffId,
			digest: command.digest,
			caseId: newId(now.getTime()),
			personId: newId(now.getTime()),
			caseNo: await this.nextNumber(city, now),
			createdAt: now,
		};
		try {
			await this.#openings.create(record);
			return record;
		} catch (error) {
			if (!isDuplicateKey(error)) throw error;
			const winner = await this.earlier(command);
			if (!winner) throw error;
			return winner;
		}
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
