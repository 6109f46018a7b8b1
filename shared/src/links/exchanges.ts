import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { counterId, uuid } from '../ids/ids.ts';
import { mediaAdmission } from '../media/grant.ts';

/** Two pages are to send each other real pictures and sound, each by its own node, and to tell what arrives. */
export const exchangeTask = z.object({
	exchangeId: uuid,
	admission: mediaAdmission,
	/** Whom it is measured with. */
	with: z.object({
		cityCode,
		counterId,
		counterName: z.string(),
		windowNumber: z.int().nullable(),
		displayName: z.string(),
	}),
	/** How long it is measured once pictures come. */
	seconds: z.number(),
	/** When the hub gives up waiting for reports (hub time). */
	until: z.iso.datetime(),
});
export type ExchangeTask = z.infer<typeof exchangeTask>;
