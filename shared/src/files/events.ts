import { z } from 'zod';
import { fileContent, fileId } from './fileContent.ts';

export const fileEvents = {
	/** One side of a case gave a file to the other (V9); about the session in which it did. */
	'file.shared': fileContent,
	/** Marked as taken back by the side that shared it. Nothing is deleted. */
	'file.withdrawn': z.object({ fileId, reason: z.string() }),
	/** On the timeline `city:<code>`: its people's files are taken while the scanner does not answer. */
	'scan.waived': z.object({ reason: z.string() }),
	/** On the timeline `city:<code>`: files are refused again while the scanner does not answer. */
	'scan.required': z.object({ reason: z.string() }),
} as const;
