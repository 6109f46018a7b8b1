import { may } from '@counter-hub/shared/people/permissions.ts';
import type { SignaturesOfStaff } from '@counter-hub/shared/undertakings/undertakings.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { getStaff } from '../people/getStaff.ts';
import { timeline } from '../timeline/timeline.ts';
import type { Projection } from '../timeline/types.ts';
import { readUndertakings } from './undertakingVersions.ts';

/** That a person has signed a version, and the event that says so. */
export interface Signature {
	version: number;
	at: Date;
	/** Of the event: what is printed can be held against the timeline. */
	hash: string;
}

/** Undertakings that a person has signed, for those who have signed any. */
export const signaturesProjection: Projection<{ signed: readonly Signature[] }> = {
	name: 'staff_undertakings',
	subjectKind: 'staff',
	by: 'subject',
	apply: (state, { type, data, at, hash }) =>
		type === 'undertaking.signed'
			? { signed: [...(state?.signed ?? []), { version: data.version, at, hash }] }
			: state,
};

/** In the order in which they were signed. */
export async function signaturesOf(hub: HubContext, staffId: string): Promise<readonly Signature[]> {
	return (await timeline(hub).state(signaturesProjection, staffId))?.signed ?? [];
}

/** @throws AppError `notFound`, `notAllowed` */
export async function readSignatures(
	hub: HubContext,
	{ actor }: Principal,
	staffId: string,
): Promise<SignaturesOfStaff> {
	const { cities } = await getStaff(hub, staffId);
	assertMay(may.readSignatures(actor, { staffId, cities }));
	const [signed, { versions }] = await Promise.all([signaturesOf(hub, staffId), readUndertakings(hub)]);
	const titles = new Map(versions.map(({ version, title }) => [version, title]));
	return {
		staffId,
		signed: signed
			.map(({ version, at }) => ({ version, title: titles.get(version) ?? '', signedAt: at.toISOString() }))
			.reverse(),
	};
}
