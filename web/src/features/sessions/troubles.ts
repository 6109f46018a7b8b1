import type { LocalStream, MediaQuality, RemoteStream } from '#features/media/mediaTypes.ts';

/** What is wrong with a picture, or with the line of this page. Pictures are named as on the stage. */
export type Trouble = `still ${string}` | `slow ${string}` | 'weak';
/** What is wrong, and since when as far as this page knows (hub time, ms). */
export type Troubles = ReadonlyMap<Trouble, number>;

interface Facts {
	readonly streams: readonly Pick<RemoteStream, 'id' | 'stalled' | 'strained'>[];
	readonly local: readonly Pick<LocalStream, 'source' | 'budget'>[];
	/** Own cameras that are open and give no new pictures. */
	readonly stalled: readonly LocalStream['source'][];
	readonly quality: Pick<MediaQuality, 'level'> | null;
}

/** The name of an own picture on the stage; one of somebody else has the id of its stream. */
export const ownKey = <S extends LocalStream['source']>(source: S) => `own-${source}` as const;

/** 0 is not measured yet. */
const isWeak = (level: MediaQuality['level']): boolean => level > 0 && level < 3;

/** Everything that is wrong just now. */
export function troublesOf({ streams, local, stalled, quality }: Facts): Trouble[] {
	return [
		...streams.filter((one) => one.stalled).map(({ id }): Trouble => `still ${id}`),
		...streams.filter((one) => one.strained).map(({ id }): Trouble => `slow ${id}`),
		...stalled.map((source): Trouble => `still ${ownKey(source)}`),
		...local.filter(({ budget }) => budget !== null).map(({ source }): Trouble => `slow ${ownKey(source)}`),
		...(quality && isWeak(quality.level) ? ['weak' as const] : []),
	];
}

/** What goes on keeps its beginning, what is over is forgotten, what is new begins `now`. */
export function lasting(before: Troubles, present: readonly Trouble[], now: number): Troubles {
	if (present.length === before.size && present.every((one) => before.has(one))) return before;
	return new Map(present.map((one) => [one, before.get(one) ?? now]));
}
