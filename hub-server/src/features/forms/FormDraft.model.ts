import { Schema, type Connection, type Model } from 'mongoose';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import { modelOf } from '../../platform/modelOf.ts';
import type { SealedField } from '../persons/fieldCipher.ts';

/** What stands in one field: in clear, or encrypted where it belongs to a person. */
export type StoredValue = { readonly revision: number } & (
	{ readonly text: string } | { readonly sealed: SealedField }
);

/** What a person wrote that the timeline does not tell of yet. */
export interface Unsaid {
	readonly actor: EventActor;
	readonly sessionId: string | null;
	readonly paths: readonly string[];
}

/** A command that was carried out. */
interface WriteMark {
	readonly commandId: string;
	/** Keyed, of what it asked for. */
	readonly digest: string;
	readonly path: string;
	readonly revision: number;
}

/** The values of one form of one case: their primary store, as they may belong to persons and must not stand in events. */
export interface FormDraft {
	/** `<case>/<form>` */
	readonly _id: string;
	readonly caseId: string;
	readonly formId: string;
	/** Edition of the definition that it is filled in by. */
	readonly version: number;
	/** Counts the changes of all fields; each field bears the count at its own last one. */
	readonly revision: number;
	readonly fields: Readonly<Record<string, StoredValue>>;
	/** The latest commands, so that a repeat of one changes nothing. */
	readonly writes: readonly WriteMark[];
	/** By person. */
	readonly unsaid: Readonly<Record<string, Unsaid>>;
	/** When the timeline is told of it at the latest, and when if nobody writes on. */
	readonly sayBy?: Date;
	readonly sayAt?: Date;
}

const schema = new Schema<FormDraft>(
	{ _id: { type: String, required: true }, sayAt: Date },
	{ collection: 'formDrafts', versionKey: false },
);
schema.index({ sayAt: 1 }, { sparse: true });

/** Declares the collection and its index; what is in it is written by the driver (`FormDrafts`). */
export const formDraftModel = (connection: Connection): Model<FormDraft> =>
	modelOf<FormDraft>(connection, 'FormDraft', schema);

export const draftId = (caseId: string, formId: string): string => `${caseId}/${formId}`;
