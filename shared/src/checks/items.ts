import { z } from 'zod';
import type { Verdict } from '../links/linkTerms.ts';

/*
 * What a window looks at before service begins (L1, L2, S5.2b, S7.1b): what a browser can measure is measured, the rest
 * is looked at by a person and ticked off.
 */

const pixels = z.int().min(0).max(16_384);
const share = z.number().min(0).max(100);
const ms = z.number().min(0).max(600_000);

/** Null: there is none, or it cannot be opened. */
const picture = z
	.strictObject({ width: pixels, height: pixels, framesPerSecond: z.number().min(0).max(1_000) })
	.nullable();

/** One way to the own media node: a stream of this page there and back to it. */
const nodePath = z.strictObject({
	reached: z.boolean(),
	seconds: z.number().min(0).max(60),
	roundTripMs: ms.nullable(),
	lossPercent: share,
	jitterMs: ms,
	/** Bits per second that went up and came down; by UDP only. */
	upBitrate: z.number().min(0).max(1e10),
	downBitrate: z.number().min(0).max(1e10),
});
export type NodePath = z.infer<typeof nodePath>;

/** What was found of each item, as the page tells it. The hub judges. */
export const checkFinding = z.discriminatedUnion('item', [
	z.strictObject({ item: z.literal('camera'), picture }),
	/** `legible`: the code in the smallest print of the test chart was read off the picture; null: not tried. */
	z.strictObject({ item: z.literal('document'), picture, legible: z.boolean().nullable() }),
	/** Loudest and quietest, in dBFS; null: there is none. */
	z.strictObject({
		item: z.literal('microphone'),
		level: z
			.strictObject({ peak: z.number().min(-120).max(0), floor: z.number().min(-120).max(0) })
			.nullable(),
	}),
	/** How many notes were heard of those that were played. */
	z.strictObject({
		item: z.literal('speaker'),
		played: z.int().min(1).max(9),
		heard: z.int().min(0).max(9),
	}),
	z.strictObject({ item: z.literal('scanner'), works: z.boolean() }),
	z.strictObject({ item: z.literal('printer'), works: z.boolean() }),
	/** Desk, cabinet and seals are in their place. */
	z.strictObject({ item: z.literal('custody'), complete: z.boolean() }),
	z.strictObject({ item: z.literal('node'), udp: nodePath, tcp: nodePath }),
]);
export type CheckFinding = z.infer<typeof checkFinding>;
export type CheckItem = CheckFinding['item'];

export const CHECK_ITEMS = [
	'camera',
	'document',
	'microphone',
	'speaker',
	'scanner',
	'printer',
	'custody',
	'node',
] as const satisfies readonly CheckItem[];
export const checkItem = z.enum(CHECK_ITEMS);

/** Without these nothing can be said or seen: a window is checked when they are. */
export const NEEDED_ITEMS: readonly CheckItem[] = ['camera', 'microphone', 'node'];

/** Below this a device is 注意; a city may ask for more. */
export const checkMinimum = z
	.strictObject({
		camera: z.strictObject({ width: pixels, height: pixels, framesPerSecond: z.int().min(1).max(60) }),
		document: z.strictObject({ width: pixels, height: pixels }),
	})
	.meta({ id: 'CheckMinimum' });
export type CheckMinimum = z.infer<typeof checkMinimum>;
export const CHECK_MINIMUM: CheckMinimum = {
	camera: { width: 1280, height: 720, framesPerSecond: 15 },
	document: { width: 1920, height: 1080 },
};

/** Speech in front of a microphone is louder; one that is covered or turned away is not. */
const SPEECH_DBFS = -45;
/** Loss that a call no longer hides, and delay that a talk notices, to the own node. */
const NODE = { lossPercent: { warn: 1, fail: 10 }, roundTripMs: { warn: 100, fail: 500 } } as const;

/** L1, L2: pass, warn or fail of one item (pure). */
export function judgeItem(found: CheckFinding, minimum: CheckMinimum): Verdict {
	switch (found.item) {
		case 'camera': {
			if (!found.picture || found.picture.framesPerSecond === 0) return 'fail';
			const { width, height, framesPerSecond } = minimum.camera;
			const { picture } = found;
			const isEnough =
				picture.width >= width && picture.height >= height && picture.framesPerSecond >= framesPerSecond;
			return isEnough ? 'pass' : 'warn';
		}
		case 'document': {
			if (!found.picture || found.legible === false) return 'fail';
			const [least, most] = sides(found.picture);
			const [leastAsked, mostAsked] = sides(minimum.document);
			return least >= leastAsked && most >= mostAsked ? 'pass' : 'warn';
		}
		case 'microphone':
			if (!found.level) return 'fail';
			return found.level.peak >= SPEECH_DBFS ? 'pass' : 'warn';
		case 'speaker':
			return found.heard === found.played ? 'pass' : 'fail';
		case 'scanner':
		case 'printer':
			return found.works ? 'pass' : 'fail';
		case 'custody':
			return found.complete ? 'pass' : 'fail';
		case 'node':
			return judgeNode(found.udp, found.tcp);
	}
}

/** A document camera may stand upright. */
const sides = ({ width, height }: { width: number; height: number }): [number, number] => [
	Math.min(width, height),
	Math.max(width, height),
];

/** TCP alone keeps a call going, and no more; UDP without it has nothing to fall back on. */
function judgeNode(udp: NodePath, tcp: NodePath): Verdict {
	if (!udp.reached && !tcp.reached) return 'fail';
	const { lossPercent, roundTripMs } = udp.reached ? udp : tcp;
	const beyond = (which: 'warn' | 'fail') =>
		lossPercent > NODE.lossPercent[which] || (roundTripMs ?? 0) > NODE.roundTripMs[which];
	if (beyond('fail')) return 'fail';
	return udp.reached && tcp.reached && !beyond('warn') ? 'pass' : 'warn';
}
