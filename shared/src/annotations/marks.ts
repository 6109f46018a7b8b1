import { z } from 'zod';
import { sha256 } from '../blobs/blobs.ts';
import { duty } from '../cases/cases.ts';
import { freeText } from '../codes/freeText.ts';
import { sessionId, staffId, uuid } from '../ids/ids.ts';
import { mediaSource } from '../media/grant.ts';
import { stillId, stillMaterialNo } from '../stills/stills.ts';

/** Width and height of a picture are counted in so many parts, so that places on it are whole numbers. */
export const MARK_GRID = 65_535;

export const MARK_LIMITS = {
	/** Points of one stroke of the pen. */
	points: 512,
	/** Characters. */
	text: 80,
	/** Marks on one still, or on one paper as it lies; erased ones do not count. */
	perSubject: 200,
	perCase: 2_000,
	/** Points of all marks of a case. */
	pointsPerCase: 120_000,
	/** Movements of the document in one call. */
	papers: 1_000_000,
} as const;

export const markId = uuid.describe('A mark 标注; the id of the command that drew it');

/** Share of the picture's width or height, as the camera gives it, unturned. */
const share = z.int().min(0).max(MARK_GRID);
const twoPoints = z.array(share).length(4);

/**
 * What was drawn (V6). `points` are x and y by turns: of an arrow tail and head, of a box two corners that face each
 * other. A box may have words to it.
 */
export const drawing = z.discriminatedUnion('tool', [
	z.strictObject({
		tool: z.literal('pen'),
		points: z
			.array(share)
			.min(2)
			.max(2 * MARK_LIMITS.points)
			.refine((points) => points.length % 2 === 0),
	}),
	z.strictObject({ tool: z.literal('arrow'), points: twoPoints }),
	z.strictObject({ tool: z.literal('box'), points: twoPoints, text: freeText(0, MARK_LIMITS.text) }),
	z.strictObject({
		tool: z.literal('text'),
		points: z.array(share).length(2),
		text: freeText(1, MARK_LIMITS.text),
	}),
]);
export type Drawing = z.infer<typeof drawing>;
export type MarkTool = Drawing['tool'];

/** On what a mark stands: a live picture with the paper as it lay then, or a still. */
export const markSubject = z.discriminatedUnion('kind', [
	z.strictObject({
		kind: z.literal('live'),
		/** Whose picture. */
		participantId: uuid,
		source: mediaSource.exclude(['microphone']),
		/** Rises when the document under the camera is moved: marks belong to the paper as it lay. 0: not known. */
		paper: z.int().min(0).max(MARK_LIMITS.papers),
		/** The material that was looked at. */
		materialNo: stillMaterialNo,
	}),
	z.strictObject({ kind: z.literal('still'), stillId }),
]);
export type MarkSubject = z.infer<typeof markSubject>;

/** A mark as a case holds it. */
const mark = z.object({
	markId,
	on: markSubject,
	drawing,
	/** `name` is looked up when shown. */
	by: z.object({ staffId, duty: duty.nullable(), name: z.string().nullable() }),
	at: z.iso.datetime(),
	sessionId: sessionId.nullable(),
});
export type Mark = z.infer<typeof mark>;

/** The marks of a case, in the order in which they were drawn, without the erased ones. */
const marks = z
	.object({
		marks: z.array(mark),
		/** By still: SHA-256 of its marks (`strokesOf`), as the timeline holds it. */
		strokes: z.record(z.string(), sha256),
	})
	.meta({ id: 'Marks' });
export type Marks = z.infer<typeof marks>;

export const marksAnswer = z.object({ state: marks, seq: z.int() });

/** Names the picture that a mark stands on, whichever paper lies there. */
export const markPictureKey = (on: MarkSubject): string =>
	on.kind === 'live' ? `live:${on.participantId}:${on.source}` : `still:${on.stillId}`;

/** Names what a mark stands on; the same for the same paper as it lies. */
export const markSubjectKey = (on: MarkSubject): string =>
	on.kind === 'live' ? `${markPictureKey(on)}:${on.paper}` : markPictureKey(on);
