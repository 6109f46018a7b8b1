import type { mongo, Connection } from 'mongoose';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import { perHub } from '../../perHub.ts';
import { isDuplicateKey } from '../../platform/mongo.ts';
import { draftId, formDraftModel, type FormDraft, type StoredValue } from './FormDraft.model.ts';

/** The change of one field, with what it rests on. */
export interface DraftWrite {
	readonly caseId: string;
	readonly formId: string;
	readonly version: number;
	readonly commandId: string;
	readonly digest: string;
	readonly path: string;
	/** In clear or sealed. */
	readonly value: Omit<Extract<StoredValue, { text: string }>, 'revision'> | Omit<Sealed, 'revision'>;
	/** The field's revision that it replaces; 0: nobody has written it. */
	readonly basedOn: number;
	/** The table and the row in it that must still be there. */
	readonly row?: { readonly table: string; readonly id: string } | undefined;
	/** Paths that go with it: the cells of rows that are taken out. */
	readonly drops: readonly string[];
	readonly actor: EventActor;
	readonly staffId: string;
	readonly sessionId: string | null;
	readonly at: Date;
}
type Sealed = Exclude<StoredValue, { text: string }>;

/** Commands that are remembered for repeats. */
const WRITES_KEPT = 32;
/** The timeline is told when nobody has written for so long, or has written for so long without a rest. */
const REST_MS = 20_000;
const AT_LATEST_MS = 120_000;

/** The drafts of forms in the database. A field is replaced only if it still has the revision that the change rests on. */
class FormDrafts {
	readonly #drafts: mongo.Collection<FormDraft>;

	constructor(connection: Connection) {
		if (!connection.db) throw new Error('the connection is not open');
		this.#drafts = connection.db.collection<FormDraft>(formDraftModel(connection).collection.name);
	}

	find(caseId: string, formId: string): Promise<FormDraft | null> {
		return this.#drafts.findOne({ _id: draftId(caseId, formId) });
	}

	/** Begins a draft, or carries one of an earlier edition on. */
	async begin(
		{ caseId, formId, version }: Pick<FormDraft, 'caseId' | 'formId' | 'version'>,
		fields: FormDraft['fields'],
	): Promise<void> {
		const fresh = { caseId, formId, revision: 0, fields, writes: [], unsaid: {} };
		try {
			await this.#drafts.updateOne(
				{ _id: draftId(caseId, formId) },
				{ $setOnInsert: fresh, $max: { version } },
				{ upsert: true },
			);
		} catch (error) {
			// Another one has just begun it.
			if (!isDuplicateKey(error)) throw error;
		}
	}

	/** The revision that the change made; null where what it rests on is not there any more. */
	async write(change: DraftWrite): Promise<number | null> {
		const { caseId, formId, version, commandId, path, basedOn, row } = change;
		const ownRevision = `fields.${path}.revision`;
		const written = await this.#drafts.findOneAndUpdate(
			{
				_id: draftId(caseId, formId),
				version,
				'writes.commandId': { $ne: commandId },
				...(basedOn === 0
					? { $or: [{ [ownRevision]: { $exists: false } }, { [ownRevision]: 0 }] }
					: { [ownRevision]: basedOn }),
				// A row's id is of small letters and digits.
				...(row && { [`fields.${row.table}.text`]: new RegExp(`(^| )${row.id}( |$)`) }),
			},
			stagesOf(change),
			{ returnDocument: 'after', projection: { revision: 1 } },
		);
		return written?.revision ?? null;
	}

	/** Drafts of which the timeline is to be told now. */
	due(now: Date, limit: number): Promise<FormDraft[]> {
		return this.#drafts
			.find({ sayAt: { $lte: now } })
			.limit(limit)
			.toArray();
	}

	/** The timeline tells of everything up to this revision. What was written since is told later, with those once more. */
	async said({ _id, revision }: Pick<FormDraft, '_id' | 'revision'>, now: Date): Promise<void> {
		const { matchedCount } = await this.#drafts.updateOne(
			{ _id, revision },
			{ $set: { unsaid: {} }, $unset: { sayAt: 1, sayBy: 1 } },
		);
		if (matchedCount === 1) return;
		const sayBy = new Date(now.getTime() + AT_LATEST_MS);
		await this.#drafts.updateOne({ _id }, { $set: { sayBy, sayAt: new Date(now.getTime() + REST_MS) } });
	}
}

/** The change as steps of one update, since a field bears the count that the same update raises. */
function stagesOf({ path, value, drops, actor, staffId, sessionId, commandId, digest, at }: DraftWrite) {
	const later = (ms: number) => new Date(at.getTime() + ms);
	const own = `unsaid.${staffId}`;
	const sayBy = { $ifNull: ['$sayBy', later(AT_LATEST_MS)] };
	return [
		{ $set: { revision: { $add: ['$revision', 1] } } },
		...(drops.length > 0 ? [{ $unset: drops.map((one) => `fields.${one}`) }] : []),
		{
			$set: {
				[`fields.${path}`]: { $mergeObjects: [{ $literal: value }, { revision: '$revision' }] },
				[own]: {
					actor: { $literal: actor },
					sessionId: { $literal: sessionId },
					paths: { $setUnion: [{ $ifNull: [`$${own}.paths`, []] }, [path]] },
				},
				sayBy,
				sayAt: { $min: [sayBy, later(REST_MS)] },
				writes: {
					$slice: [
						{
							$concatArrays: [
								'$writes',
								[{ commandId, digest, path: { $literal: path }, revision: '$revision' }],
							],
						},
						-WRITES_KEPT,
					],
				},
			},
		},
	];
}

export const formDrafts = perHub((hub) => new FormDrafts(hub.connection));
