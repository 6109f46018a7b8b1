import { z } from 'zod';
import { checkFinding } from '../checks/items.ts';
import { cityCode } from '../cities/cities.ts';
import { linkResult } from '../links/linkMeasurement.ts';

/** When it was put on record (ISO, UTC). */
const at = z.iso.datetime();

/** What was measured, as checks and links have it on record. */
export const evidence = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('check'), at, found: checkFinding }),
	z.object({ kind: z.literal('link'), at, from: cityCode, to: cityCode, result: linkResult }),
]);
export type Evidence = z.infer<typeof evidence>;
