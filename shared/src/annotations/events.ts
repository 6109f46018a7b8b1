import { z } from 'zod';
import { sha256 } from '../blobs/blobs.ts';
import { drawing, markId, markSubject } from './marks.ts';

/** Of the marks that the still bears from then on (`strokesOf`); null on a live picture. */
const strokes = sha256.nullable();

export const annotationEvents = {
	/** Somebody marked a paper (V6); about the session in which it happened. */
	'mark.drawn': z.object({ markId, on: markSubject, drawing, strokes }),
	/** A mark was taken away again. What it was stays on the timeline. */
	'mark.erased': z.object({ markId, strokes }),
} as const;
