import { z } from 'zod';

/** What can be read off a paper: codes and numbers, the name of an enterprise, and the codes that machines read. */
export const findingKind = z
	.enum(['uscc', 'name', 'citizenId', 'phone', 'date', 'qr', 'barcode'])
	.meta({ id: 'FindingKind' });
export type FindingKind = z.infer<typeof findingKind>;

const share = z.number().min(0).max(1);
/** Where something stands in a picture: shares of the unturned picture's width and height, from its upper left corner. */
export const picturePlace = z
	.strictObject({ x: share, y: share, width: share, height: share })
	.meta({ id: 'PicturePlace' });
export type PicturePlace = z.infer<typeof picturePlace>;

/** Lines up what a date is of: the end of a validity may lie in the future, anything else may not. */
export type DateSense = 'until' | 'day';

/** Something that was read. */
export interface Finding {
	readonly kind: FindingKind;
	/** In its normal form; a date is `2024-06-18`; of a code the text that it carries. */
	readonly text: string;
	readonly place: PicturePlace;
	/** Of the reader, 0–1. */
	readonly confidence: number;
	/** What checks itself (a check digit, the code of a machine) is sound; a number that does not is not. */
	readonly sound: boolean;
	/** Signs that look alike were changed so that the check digit is right: there was exactly one way. */
	readonly resolved: boolean;
	/** Of a date. */
	readonly sense?: DateSense;
}

/** Of one picture; what is found beyond it is left out. */
export const FINDINGS_MAX = 24;
/** Characters of a machine's code that are kept. */
export const CODE_TEXT_MAX = 500;
