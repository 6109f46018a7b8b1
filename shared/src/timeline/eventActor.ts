import { z } from 'zod';
import { duty } from '../cases/cases.ts';
import { cityCode } from '../cities/cities.ts';
import { counterId, staffId, windowId } from '../ids/ids.ts';
import { role } from '../people/people.ts';

/**
 * Who acted, from where, in which duty. The system itself acts at deadlines and on reports of the media nodes.
 * Names are looked up when shown; events carry ids only.
 */
export const eventActor = z.discriminatedUnion('kind', [
	z.object({
		kind: z.literal('staff'),
		staffId,
		role,
		cityCode,
		counterId: counterId.nullable(),
		windowId: windowId.nullable(),
		duty: duty.nullable(),
	}),
	z.object({ kind: z.literal('system'), by: z.enum(['deadline', 'mediaNode', 'hub']) }),
]);
export type EventActor = z.infer<typeof eventActor>;
