import { z } from 'zod';
import { freeText } from '../codes/freeText.ts';
import { commandId, staffId } from '../ids/ids.ts';

/** Limits of undertakings. */
export const UNDERTAKING_LIMITS = {
	/** Versions that there may ever be. */
	versions: 100,
	/** Characters. */
	titleLength: 40,
	bodyLength: 6_000,
	/** Of a name that is typed as a confirmation; as long as names in the register. */
	nameLength: 40,
} as const;

/** Counted from 1; the last one is in force. */
export const undertakingVersion = z.int().min(1).max(UNDERTAKING_LIMITS.versions);

/** What a version says; it never changes. Each line of the body is a paragraph. */
export const undertakingText = z.object({
	version: undertakingVersion,
	title: z.string(),
	body: z.string(),
});

/** A version 版次 of the undertaking 保密承诺书, the same for all cities (S4.3). */
export const undertaking = z
	.object({
		...undertakingText.shape,
		publishedAt: z.iso.datetime(),
		/** Looked up when shown; null for the one that the system came with. */
		publishedBy: z.string().nullable(),
	})
	.meta({ id: 'Undertaking' });
export type Undertaking = z.infer<typeof undertaking>;

/** The version in force, null while there is none, and what there was before without the texts. */
export const undertakings = z
	.object({
		current: undertaking.nullable(),
		versions: z.array(undertaking.omit({ body: true })),
	})
	.meta({ id: 'Undertakings' });
export type Undertakings = z.infer<typeof undertakings>;

/** What a person has signed, the last version first. */
export const signaturesOfStaff = z
	.object({
		staffId,
		signed: z.array(z.object({ version: undertakingVersion, title: z.string(), signedAt: z.iso.datetime() })),
	})
	.meta({ id: 'SignaturesOfStaff' });
export type SignaturesOfStaff = z.infer<typeof signaturesOfStaff>;

export const publishUndertakingBody = z.strictObject({
	commandId,
	/** The one after the version last read, so that two administrators do not publish over each other. */
	version: undertakingVersion,
	title: freeText(2, UNDERTAKING_LIMITS.titleLength),
	body: freeText(20, UNDERTAKING_LIMITS.bodyLength),
});
export type PublishUndertakingBody = z.infer<typeof publishUndertakingBody>;

export const signUndertakingBody = z.strictObject({
	commandId,
	/** The person's own name, typed as a confirmation. It is compared and not kept. */
	name: z.string().trim().min(1).max(UNDERTAKING_LIMITS.nameLength),
});
export type SignUndertakingBody = z.infer<typeof signUndertakingBody>;
