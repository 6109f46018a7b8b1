import type { HubContext } from '../../HubContext.ts';
import {
	qualificationsProjection,
	type QualificationRecord,
} from '../qualifications/qualificationsProjection.ts';
import { recordsOf } from '../qualifications/readQualifications.ts';
import { timeline } from '../timeline/timeline.ts';
import { signaturesOf, signaturesProjection, type Signature } from '../undertakings/signatures.ts';

/** What a person holds. */
export interface Held {
	readonly records: readonly QualificationRecord[];
	readonly signatures: readonly Signature[];
	/** Versions. */
	readonly signed: readonly number[];
}

/** With everything acknowledged so far. */
export async function heldBy(hub: HubContext, staffId: string): Promise<Held> {
	const [records, signatures] = await Promise.all([recordsOf(hub, staffId), signaturesOf(hub, staffId)]);
	return heldOf(records, signatures);
}

/** For lists, of the documents: what was acknowledged within the last moment may not be in them yet. */
export async function heldByEach(
	hub: HubContext,
	staffIds: readonly string[],
): Promise<(staffId: string) => Held> {
	const { projections } = timeline(hub);
	const [records, signatures] = await Promise.all([
		projections.documents(qualificationsProjection, staffIds),
		projections.documents(signaturesProjection, staffIds),
	]);
	const recordsById = new Map(records.map(({ _id, records: held }) => [_id, held]));
	const signaturesById = new Map(signatures.map(({ _id, signed }) => [_id, signed]));
	return (id) => heldOf(recordsById.get(id) ?? [], signaturesById.get(id) ?? []);
}

const heldOf = (records: Held['records'], signatures: Held['signatures']): Held => ({
	records,
	signatures,
	signed: signatures.map(({ version }) => version),
});
