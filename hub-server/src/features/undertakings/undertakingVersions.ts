import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { Undertaking, Undertakings } from '@counter-hub/shared/undertakings/undertakings.ts';
import type { HubContext } from '../../HubContext.ts';
import { staffNames } from '../people/StaffNames.ts';
import { timeline } from '../timeline/timeline.ts';
import type { Projection } from '../timeline/types.ts';

/** One text for all cities. */
const TEXT = 'cn';
export const UNDERTAKING_SUBJECT = `undertaking:${TEXT}`;

interface PublishedVersion {
	version: number;
	title: string;
	body: string;
	at: Date;
	/** Null for the one that the system came with. */
	by: string | null;
}

/** All versions, in the order in which they were published; none is ever changed. */
export const undertakingVersions: Projection<{ versions: readonly PublishedVersion[] }> = {
	name: 'undertaking_versions',
	subjectKind: 'undertaking',
	by: 'subject',
	apply(state, { type, data, at, actor }) {
		if (type !== 'undertaking.published') return state;
		const by = actor.kind === 'staff' ? actor.staffId : null;
		return { versions: [...(state?.versions ?? []), { ...data, at, by }] };
	},
};

/** The number of the version in force; null while nothing has been published. */
export async function currentUndertaking(hub: HubContext): Promise<number | null> {
	return (await versionsOf(hub)).at(-1)?.version ?? null;
}

/** All versions, the last one first. */
export async function readUndertakings(hub: HubContext): Promise<Undertakings> {
	const all = (await withNames(hub, await versionsOf(hub))).reverse();
	return { current: all[0] ?? null, versions: all.map(({ body: _, ...version }) => version) };
}

/** @throws AppError `unknownUndertaking` */
export async function getUndertaking(hub: HubContext, version: number): Promise<Undertaking> {
	const found = (await versionsOf(hub)).filter((one) => one.version === version);
	const [named] = await withNames(hub, found);
	if (!named) throw new AppError('unknownUndertaking');
	return named;
}

async function versionsOf(hub: HubContext): Promise<readonly PublishedVersion[]> {
	return (await timeline(hub).state(undertakingVersions, TEXT))?.versions ?? [];
}

async function withNames(hub: HubContext, versions: readonly PublishedVersion[]): Promise<Undertaking[]> {
	const names = await staffNames(hub).of(versions.map(({ by }) => by).filter((by) => by !== null));
	return versions.map(({ at, by, ...text }) => ({
		...text,
		publishedAt: at.toISOString(),
		publishedBy: (by === null ? undefined : names.get(by)) ?? null,
	}));
}
