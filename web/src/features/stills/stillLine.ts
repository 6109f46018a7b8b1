import { uuid } from '@counter-hub/shared/ids/ids.ts';
import { z } from 'zod';

/** How far a still that was asked for is, told over the volatile line by the side that takes it. */
export const STILL_TOPIC = 'still';
/** In place of a code of the hub: the camera is covered or gives no picture. */
export const NO_PICTURE = 'DEV-1008';
export const stillProgress = z.object({
	stillId: uuid,
	step: z.enum(['taking', 'sending', 'storing', 'failed']),
	/** Of its bytes, 0–1. */
	share: z.number().min(0).max(1),
	/** Code of what keeps it, where it failed; else empty. */
	code: z.string().max(20),
});
export type StillProgress = z.infer<typeof stillProgress>;
