import { Schema, type Connection, type Model } from 'mongoose';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { perHub } from '../../perHub.ts';
import { modelOf } from '../../platform/modelOf.ts';
import { isDuplicateKey } from '../../platform/mongo.ts';

interface NumberRecord {
	/** The ticket that has it. */
	_id: string;
	/** `310117~2026-11-23` */
	day: string;
	n: number;
}

const schema = new Schema<NumberRecord>(
	{
		_id: { type: String, required: true },
		day: { type: String, required: true },
		n: { type: Number, required: true },
	},
	{ collection: 'ticketNumbers', versionKey: false },
);
schema.index({ day: 1, n: 1 }, { unique: true });

/** Gives each ticket its number, once: a repeat gets the same, and two hubs never give out one twice. */
class TicketNumbers {
	readonly #records: Model<NumberRecord>;

	constructor(connection: Connection) {
		this.#records = modelOf<NumberRecord>(connection, 'TicketNumber', schema);
	}

	/** For example `GD-1123-02`: month and day in Shanghai, running number of the city on that day. */
	async claim(ticketId: string, city: CityCode, now: number): Promise<string> {
		const day = `${city}~${shanghaiDate(now)}`;
		for (;;) {
			const claimed = await this.#records.findById(ticketId).lean();
			if (claimed) return numberOf(claimed);
			const last = await this.#records.findOne({ day }).sort({ n: -1 }).lean();
			const record = { _id: ticketId, day, n: (last?.n ?? 0) + 1 };
			try {
				await this.#records.create(record);
				return numberOf(record);
			} catch (error) {
				if (!isDuplicateKey(error)) throw error;
			}
		}
	}
}

const numberOf = ({ day, n }: NumberRecord): string =>
	`GD-${day.slice(-5).replace('-', '')}-${String(n).padStart(2, '0')}`;

export const ticketNumbers = perHub((hub) => new TicketNumbers(hub.connection));
