import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { freeText } from '../codes/freeText.ts';
import { commandId } from '../ids/ids.ts';
import { FILE_LIMITS } from './fileLimits.ts';

/** An administrator's decision that a city's files are taken unscanned while the scanner does not answer. */
const scanWaiver = z
	.object({
		cityCode,
		reason: z.string(),
		at: z.iso.datetime(),
		/** Who decided; null where the name is not known any more. */
		by: z.string().nullable(),
	})
	.meta({ id: 'ScanWaiver' });

/** How files are looked at before they are kept. */
export const scanning = z
	.object({
		/** Whether this installation has a scanner at all. */
		hasScanner: z.boolean(),
		/** Of the cities that have one, in force now. */
		waivers: z.array(scanWaiver),
	})
	.meta({ id: 'Scanning' });
export type Scanning = z.infer<typeof scanning>;

export const decideScanningBody = z.strictObject({
	commandId,
	/** True: take them unscanned while the scanner is away. */
	waived: z.boolean(),
	reason: freeText(4, FILE_LIMITS.reasonLength),
});
export type DecideScanningBody = z.infer<typeof decideScanningBody>;
