import { Schema, type Connection, type Model } from 'mongoose';
import type { Item } from '@counter-hub/shared/catalogue/catalogue.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { perHub } from '../../perHub.ts';
import { modelOf } from '../../platform/modelOf.ts';

type ItemRecord = Omit<Item, 'no'> & { _id: number };

const schema = new Schema<ItemRecord>(
	{
		_id: { type: Number, required: true },
		name: { type: String, required: true },
		nameEn: { type: String, required: true },
		mode: { type: String, required: true },
		legalNature: { type: String, required: true },
		guidanceOnly: { type: Boolean, required: true },
		materials: { type: [new Schema({ no: Number, name: String, conditional: Boolean }, { _id: false })] },
		limit: { type: new Schema({ n: Number, unit: String, verified: Boolean }, { _id: false }) },
	},
	{ collection: 'items', versionKey: false },
);
const FRESH_MS = 60_000;

/** The catalogue of items 事项. A few dozen rows that seldom change, kept in memory for a minute. */
class Catalogue {
	readonly #records: Model<ItemRecord>;
	#held: { at: number; items: Promise<Map<number, Item>> } | undefined;

	constructor(connection: Connection) {
		this.#records = modelOf<ItemRecord>(connection, 'Item', schema);
	}

	async all(): Promise<Item[]> {
		return [...(await this.#items()).values()];
	}

	/** @throws AppError `unknownItem` */
	async require(no: number): Promise<Item> {
		const item = (await this.#items()).get(no);
		if (!item) throw new AppError('unknownItem', { params: { itemNo: no } });
		return item;
	}

	/** Writes items that are new or changed; harmless to repeat. */
	async put(items: readonly Item[]): Promise<void> {
		await this.#records.bulkWrite(
			items.map(({ no, ...rest }) => ({
				replaceOne: { filter: { _id: no }, replacement: { _id: no, ...rest }, upsert: true },
			})),
		);
		this.#held = undefined;
	}

	#items(): Promise<Map<number, Item>> {
		const now = performance.now();
		if (this.#held && now - this.#held.at < FRESH_MS) return this.#held.items;
		const items = this.#read();
		this.#held = { at: now, items };
		items.then(
			(read) => {
				if (read.size === 0) this.#held = undefined;
			},
			() => {
				this.#held = undefined;
			},
		);
		return items;
	}

	async #read(): Promise<Map<number, Item>> {
		const records = await this.#records.find().sort({ _id: 1 }).lean();
		return new Map(records.map(({ _id: no, ...rest }) => [no, { no, ...rest }]));
	}
}

export const catalogue = perHub((hub) => new Catalogue(hub.connection));
