import type { MediaSource } from '@counter-hub/shared/media/grant.ts';

/** A picture that may fill the stage. `key` is stable while it is the same stream of the same person. */
export interface StageSource {
	key: string;
	kind: Exclude<MediaSource, 'microphone'>;
	own: boolean;
}

/*
 * What comes first. The permit side reads the other side's papers; the receiving side sees its own papers
 * as the other side sees them, unless it is shown a screen.
 */
const ORDER = {
	permit: ['document', 'screen', 'camera', 'own document', 'own screen'],
	receiving: ['screen', 'own document', 'document', 'own screen', 'camera'],
} as const;

const rank = (source: StageSource, duty: keyof typeof ORDER) => {
	const at = (ORDER[duty] as readonly string[]).indexOf(source.own ? `own ${source.kind}` : source.kind);
	return at < 0 ? ORDER[duty].length : at;
};

/** The pictures in the order of their tabs. */
export function orderedSources<S extends StageSource>(sources: readonly S[], duty: keyof typeof ORDER): S[] {
	return sources
		.filter((one) => !(one.own && one.kind === 'camera'))
		.sort((a, b) => rank(a, duty) - rank(b, duty));
}

/**
 * The picture on the stage: the chosen one while it is there, else the first. The permit side's own desk never takes the
 * place of the other side's papers unasked.
 */
export function shownSource<S extends StageSource>(
	ordered: readonly S[],
	chosen: string | null,
	duty: keyof typeof ORDER,
): S | null {
	const first = duty === 'permit' ? ordered.find(({ own }) => !own) : ordered[0];
	return ordered.find((one) => one.key === chosen) ?? first ?? null;
}

/** The one after it, for looking through all of them with one key. */
export function nextSource<S extends StageSource>(ordered: readonly S[], shown: S | null): S | null {
	const at = ordered.findIndex((one) => one.key === shown?.key);
	return ordered[(at + 1) % Math.max(1, ordered.length)] ?? null;
}

/** What the other side shows and nobody here has seen: a screen, and to the permit side papers. */
export function newSource<S extends StageSource>(
	ordered: readonly S[],
	shown: S | null,
	seen: readonly string[],
	duty: keyof typeof ORDER,
): S | null {
	const matters = ({ own, kind }: S) =>
		!own && (kind === 'screen' || (kind === 'document' && duty === 'permit'));
	return ordered.find((one) => one.key !== shown?.key && matters(one) && !seen.includes(one.key)) ?? null;
}
