import { Schema, type Connection, type Model } from 'mongoose';
import { maskCitizenId, maskName, maskPhone } from '@counter-hub/shared/codes/masking.ts';
import type { MaskedPerson } from '@counter-hub/shared/cases/cases.ts';
import { perHub } from '../../perHub.ts';
import { FieldCipher, type SealedField } from './fieldCipher.ts';
import { modelOf } from '../../platform/modelOf.ts';

export interface PersonData {
	name: string;
	citizenId: string;
	phone: string;
}
interface PersonRecord {
	_id: string;
	name: SealedField | null;
	citizenId: SealedField | null;
	phone: SealedField | null;
	citizenIdHash: string | null;
	phoneHash: string | null;
	createdAt: Date;
	erasedAt: Date | null;
	demo: boolean;
}

const sealed = {
	type: new Schema<SealedField>({ keyId: String, nonce: String, text: String, tag: String }, { _id: false }),
	default: null,
};
const schema = new Schema<PersonRecord>(
	{
		_id: { type: String, required: true },
		name: sealed,
		citizenId: sealed,
		phone: sealed,
		citizenIdHash: { type: String, default: null },
		phoneHash: { type: String, default: null },
		createdAt: { type: Date, required: true },
		erasedAt: { type: Date, default: null },
		demo: { type: Boolean, default: false },
	},
	{ collection: 'persons', versionKey: false },
);
schema.index({ citizenIdHash: 1 });
schema.index({ phoneHash: 1 });

const FOUND_MAX = 200;
type Field = 'name' | 'citizenId' | 'phone';
const contextOf = (id: string, field: Field) => `persons/${id}/${field}`;

/**
 * Natural persons: the one place of names, ID numbers and telephone numbers of applicants. Everything else holds a
 * `personId`. Encrypted field by field; erasing a person leaves the record empty and the timelines untouched.
 */
class PersonStore {
	readonly #records: Model<PersonRecord>;
	readonly #cipher: FieldCipher;

	constructor(connection: Connection, key: Buffer, hashKey: Buffer) {
		this.#records = modelOf<PersonRecord>(connection, 'Person', schema);
		this.#cipher = new FieldCipher(key, hashKey);
	}

	/** Stores persons under ids that the caller has chosen; an id that exists already keeps its data. */
	async add(persons: readonly (PersonData & { id: string; demo: boolean })[], now: Date): Promise<void> {
		await this.#records.bulkWrite(
			persons.map((person) => ({
				updateOne: {
					filter: { _id: person.id },
					update: { $setOnInsert: { ...this.#sealedOf(person), createdAt: now, demo: person.demo } },
					upsert: true,
				},
			})),
		);
	}

	/** Everything about a person in clear; null once erased. Only after the reason was put on the timeline. */
	async clear(id: string): Promise<(PersonData & { id: string }) | null> {
		const record = await this.#records.findById(id).lean();
		if (!record) return null;
		const open = (field: Field) => {
			const value = record[field];
			return value === null ? null : this.#cipher.open(value, contextOf(id, field));
		};
		const [name, citizenId, phone] = [open('name'), open('citizenId'), open('phone')];
		return name === null || citizenId === null || phone === null ? null : { id, name, citizenId, phone };
	}

	/** As staff see a person until they ask for more; asterisks once erased. */
	async masked(id: string): Promise<MaskedPerson> {
		const person = await this.clear(id);
		if (!person) return { id, name: '*', citizenId: '*', phone: '*' };
		return {
			id,
			name: maskName(person.name),
			citizenId: maskCitizenId(person.citizenId),
			phone: maskPhone(person.phone),
		};
	}

	/** Persons with exactly this ID number or telephone number. */
	async find(by: { citizenId: string } | { phone: string }): Promise<string[]> {
		const filter =
			'citizenId' in by
				? { citizenIdHash: this.#cipher.hash(by.citizenId, 'citizenId') }
				: { phoneHash: this.#cipher.hash(by.phone, 'phone') };
		const records = await this.#records.find(filter, { _id: 1 }).limit(FOUND_MAX).lean();
		return records.map(({ _id }) => _id);
	}

	/** A keyed digest of something that contains personal data: recognises it, and tells nothing else. */
	digest(content: unknown): string {
		return this.#cipher.hash(JSON.stringify(content), 'digest');
	}

	/** Removes a person's data for good (PIPL 47); the id stays, so that events that name it still make sense. */
	async erase(id: string, now: Date): Promise<void> {
		await this.#records.updateOne(
			{ _id: id },
			{ name: null, citizenId: null, phone: null, citizenIdHash: null, phoneHash: null, erasedAt: now },
		);
	}

	/** Removes a person whom no event names. */
	async discard(id: string): Promise<void> {
		await this.#records.deleteOne({ _id: id });
	}

	#sealedOf({ id, name, citizenId, phone }: PersonData & { id: string }) {
		const seal = (field: Field, clear: string) => this.#cipher.seal(clear, contextOf(id, field));
		return {
			name: seal('name', name),
			citizenId: seal('citizenId', citizenId),
			phone: seal('phone', phone),
			citizenIdHash: this.#cipher.hash(citizenId, 'citizenId'),
			phoneHash: this.#cipher.hash(phone, 'phone'),
			erasedAt: null,
		};
	}
}

export const personStore = perHub(
	(hub) => new PersonStore(hub.connection, hub.config.personsKey, hub.config.personsHashKey),
);
