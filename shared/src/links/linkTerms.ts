import { z } from 'zod';

/** 通过 · 注意 · 不通 (L4). */
export const verdict = z.enum(['pass', 'warn', 'fail']).meta({ id: 'LinkVerdict' });
export type Verdict = z.infer<typeof verdict>;

/**
 * What was found at one direction of a link.
 * - by the receiving end: `nothing` neither picture nor sound came, `noPicture`, `frozen`, `covered` lens, `blanked` by
 *   its sender, `noSound`, `silent` or `muted` microphone; `frames`, `loss`, `roundTrip`, `jitter`, `firstPicture` beyond
 *   a limit; `tcp`: only the substitute for UDP works;
 * - by the hub: `nodeAway` no media node of that city is there; `absent` that page never came into the room, `unreported`
 *   it came and told nothing.
 */
export const findingKind = z.enum([
	'nothing',
	'noPicture',
	'frozen',
	'covered',
	'blanked',
	'noSound',
	'silent',
	'muted',
	'frames',
	'loss',
	'roundTrip',
	'jitter',
	'firstPicture',
	'tcp',
	'nodeAway',
	'absent',
	'unreported',
]);
export type FindingKind = z.infer<typeof findingKind>;

export const finding = z.object({ kind: findingKind, level: z.enum(['warn', 'fail']) });
export type Finding = z.infer<typeof finding>;

const limit = (max: number) =>
	z.strictObject({ warn: z.number().min(0).max(max), fail: z.number().min(0).max(max) });

/** Beyond `warn` a link is 注意, beyond `fail` 不通; frames per second count downwards. */
export const linkLimits = z
	.strictObject({
		framesPerSecond: limit(120),
		lossPercent: limit(100),
		roundTripMs: limit(60_000),
		jitterMs: limit(60_000),
		firstPictureMs: limit(60_000),
	})
	.refine(
		({ framesPerSecond, ...rising }) =>
			framesPerSecond.fail <= framesPerSecond.warn &&
			Object.values(rising).every(({ warn, fail }) => warn <= fail),
		'a failing limit is beyond the warning one',
	)
	.meta({ id: 'LinkLimits' });
export type LinkLimits = z.infer<typeof linkLimits>;

/** Of a city that has decided nothing. Delay by ITU-T G.114; loss that concealment no longer hides. */
export const LINK_LIMITS: LinkLimits = {
	framesPerSecond: { warn: 12, fail: 5 },
	lossPercent: { warn: 2, fail: 10 },
	roundTripMs: { warn: 300, fail: 800 },
	jitterMs: { warn: 50, fail: 200 },
	firstPictureMs: { warn: 3_000, fail: 8_000 },
};
