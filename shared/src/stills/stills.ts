import { z } from 'zod';
import { blobKind, sha256 } from '../blobs/blobs.ts';
import { freeText } from '../codes/freeText.ts';
import { commandId, staffId, uuid } from '../ids/ids.ts';

export const stillId = uuid.describe('A still 照片 of a paper');
/** Of an item's list; null where the paper belongs to none. */
export const stillMaterialNo = z.int().min(1).max(99).nullable();
/** Pixels along one side: more than any document camera has. */
export const STILL_SIDE_MAX = 20_000;
/** Pixels in all. What unpacks to more is no still. */
export const STILL_PIXELS_MAX = 80_000_000;
/** Pixels along one side of the small picture: in it nothing can be read. Pages make one half as large. */
export const THUMBNAIL_SIDE_MAX = 320;

/** What a still is: the picture as the camera gave it, named by its SHA-256 (V5). */
export const stillContent = z.object({
	stillId,
	materialNo: stillMaterialNo,
	sha256,
	/** A small picture of it, too small to be read; null where none could be made. */
	thumbnailSha256: sha256.nullable(),
	/** Bytes. */
	size: z.int().min(1),
	kind: blobKind,
	/** Pixels. */
	width: z.int().min(1).max(STILL_SIDE_MAX),
	height: z.int().min(1).max(STILL_SIDE_MAX),
	/** Who asked for it; who took it is the actor. */
	askedBy: staffId,
});

/** A still as a case holds it. */
const still = stillContent
	.extend({
		takenAt: z.iso.datetime(),
		sessionId: uuid.nullable(),
		/** Struck out 作废 by a supervisor: it stays, and is marked. */
		struck: z.object({ reason: z.string(), at: z.iso.datetime() }).nullable(),
	})
	.meta({ id: 'Still' });
export type Still = z.infer<typeof still>;

/** Stills of one case. */
export const STILLS_MAX = 500;

/** All stills of a case, and the sequence number up to which its timeline is in them. */
export const stillList = z.object({ state: z.array(still), seq: z.int() }).meta({ id: 'StillList' });
export const strikeBody = z.strictObject({ commandId, reason: freeText(4, 200) });
