import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { counterId, staffId } from '../ids/ids.ts';

/** 空闲 · 呼叫中 · 通话中 · 暂停 · 未当班 (nothing rings at the last two); a counter with nobody signed in has no people. */
const availability = z.enum(['free', 'ringing', 'inCall', 'paused', 'offShift']);
export type Availability = z.infer<typeof availability>;

/** Who is at a counter just now. */
const counterPresence = z
	.object({
		cityCode,
		counterId,
		counterName: z.string(),
		people: z.array(
			z.object({
				staffId,
				displayName: z.string(),
				role: z.enum(['clerk', 'approver']),
				windowNumber: z.int().nullable(),
				availability,
			}),
		),
	})
	.meta({ id: 'CounterPresence' });
export type CounterPresence = z.infer<typeof counterPresence>;
export const presenceList = z.object({ counters: z.array(counterPresence), at: z.iso.datetime() });
