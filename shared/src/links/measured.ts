import { z } from 'zod';

/*
 * What the receiving end of a link measured while real pictures and sound came (L3): never what was sent, only what
 * arrived, decoded, in that page.
 */

const ms = z.number().min(0).max(600_000);

const receivedPicture = z.strictObject({
	/** Decoded. */
	frames: z.int().min(0).max(100_000),
	framesPerSecond: z.number().min(0).max(1_000),
	width: z.int().min(0).max(16_384),
	height: z.int().min(0).max(16_384),
	/** Share of looks that found another picture than the look before, 0–1. A frozen one has 0. */
	motion: z.number().min(0).max(1),
	/** Standard deviation of the brightness, 0–128. A covered lens gives next to nothing. */
	contrast: z.number().min(0).max(128),
	/** From entering the room to the first picture; null: none came. */
	firstMs: ms.nullable(),
	/** Blanked by its sender. */
	blanked: z.boolean(),
});

const receivedSound = z.strictObject({
	packets: z.int().min(0).max(1_000_000),
	/** Mean over the time, in dBFS; −120: digital silence; null: this end cannot tell. */
	level: z.number().min(-120).max(0).nullable(),
	/** Muted by its sender. */
	muted: z.boolean(),
});

/** Loss, jitter and round trip are of the whole way, page to page. */
export const measuredLink = z
	.strictObject({
		/** How long it was measured. */
		seconds: z.number().min(0).max(60),
		picture: receivedPicture,
		sound: receivedSound,
		/** From page to page and back, by the lines of the media nodes; null: no echo came. */
		roundTripMs: ms.nullable(),
		/** Of the packets that this end received or missed, 0–100. */
		lossPercent: z.number().min(0).max(100),
		jitterMs: ms,
		/** How this end reaches its own node; null: not at all. */
		path: z.enum(['udp', 'tcp']).nullable(),
	})
	.meta({ id: 'MeasuredLink' });
export type MeasuredLink = z.infer<typeof measuredLink>;

/**
 * The same in a call, as far as it is known anyway: nobody looks into its pictures or listens to its sound. A picture or
 * a sound of which none was to be expected is null: switched off, muted, not shown here.
 */
export const measuredInCall = z
	.strictObject({
		...measuredLink.shape,
		/** Less says little. */
		seconds: z.number().min(5).max(60),
		picture: receivedPicture
			.pick({ frames: true, framesPerSecond: true, width: true, height: true })
			.nullable(),
		sound: receivedSound.pick({ packets: true }).nullable(),
	})
	.meta({ id: 'MeasuredInCall' });
export type MeasuredInCall = z.infer<typeof measuredInCall>;

/** What is kept of either: what nobody looked at is null. */
export const receivedLink = measuredLink
	.extend({
		picture: receivedPicture
			.extend({
				motion: receivedPicture.shape.motion.nullable(),
				contrast: receivedPicture.shape.contrast.nullable(),
			})
			.nullable(),
		sound: receivedSound.nullable(),
	})
	.meta({ id: 'ReceivedLink' });
export type ReceivedLink = z.infer<typeof receivedLink>;

export const receivedInCall = ({ picture, sound, ...figures }: MeasuredInCall): ReceivedLink => ({
	...figures,
	picture: picture && { ...picture, motion: null, contrast: null, firstMs: null, blanked: false },
	sound: sound && { ...sound, level: null, muted: false },
});
