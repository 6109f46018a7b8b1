import type { LinkLimits } from '@counter-hub/shared/links/linkTerms.ts';
import type { Reading } from '#features/settings/Setting.svelte.ts';

export const LIMIT_KEYS = [
	'framesPerSecond',
	'lossPercent',
	'roundTripMs',
	'jitterMs',
	'firstPictureMs',
] as const satisfies readonly (keyof LinkLimits)[];
export type LimitKey = (typeof LIMIT_KEYS)[number];
export const LEVELS = ['warn', 'fail'] as const;
type Level = (typeof LEVELS)[number];

/** As the schema of limits has it. */
export const LIMIT_MAX: Record<LimitKey, number> = {
	framesPerSecond: 120,
	lossPercent: 100,
	roundTripMs: 60_000,
	jitterMs: 60_000,
	firstPictureMs: 60_000,
};

/** What stands in the fields. */
export type LimitTexts = Record<LimitKey, Record<Level, string>>;
export type LimitFault = 'number' | 'order';
export type LimitFaults = Partial<Record<LimitKey, Partial<Record<Level, LimitFault>>>>;

export const textsOf = (limits: LinkLimits): LimitTexts =>
	mapKeys((key) => ({ warn: String(limits[key].warn), fail: String(limits[key].fail) }));

/** The limits that the fields hold, or what is wrong with them. Pure. */
export function readLimits(texts: LimitTexts): Reading<LinkLimits, LimitFaults> {
	const faults: LimitFaults = {};
	const limits = mapKeys((key) => {
		const [warn, fail] = [
			numberOf(texts[key].warn, LIMIT_MAX[key]),
			numberOf(texts[key].fail, LIMIT_MAX[key]),
		];
		const wrong: Partial<Record<Level, LimitFault>> = {};
		if (warn === null) wrong.warn = 'number';
		if (fail === null) wrong.fail = 'number';
		if (warn !== null && fail !== null && !isInOrder(key, warn, fail)) wrong.fail = 'order';
		if (Object.keys(wrong).length > 0) faults[key] = wrong;
		return { warn: warn ?? 0, fail: fail ?? 0 };
	});
	return Object.keys(faults).length > 0 ? { faults } : { value: limits, faults: null };
}

/** Frames per second count downwards; everything else is the worse the more there is of it. */
const isInOrder = (key: LimitKey, warn: number, fail: number): boolean =>
	key === 'framesPerSecond' ? fail <= warn : fail >= warn;

function numberOf(text: string, max: number): number | null {
	const plain = text.normalize('NFKC').trim();
	if (!/^\d+(\.\d+)?$/.test(plain)) return null;
	const value = Number(plain);
	return value <= max ? value : null;
}

const mapKeys = <T>(of: (key: LimitKey) => T): Record<LimitKey, T> => ({
	framesPerSecond: of('framesPerSecond'),
	lossPercent: of('lossPercent'),
	roundTripMs: of('roundTripMs'),
	jitterMs: of('jitterMs'),
	firstPictureMs: of('firstPictureMs'),
});
