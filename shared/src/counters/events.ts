import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { windowId } from '../ids/ids.ts';

/** Administrative acts on the timeline `counter:<id>` (X3 in part). */
export const counterEvents = {
	'counter.created': z.object({ cityCode, name: z.string(), windows: z.int() }),
	'counter.changed': z.object({ changed: z.array(z.string()) }),
	'window.created': z.object({ windowId, number: z.int() }),
	'window.changed': z.object({ windowId, open: z.boolean() }),
} as const;
