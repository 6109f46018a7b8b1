import { z } from 'zod';
import { uuid } from '../ids/ids.ts';
import { exchangeTask } from './exchanges.ts';
import { linkDate } from './linkMeasurement.ts';

export const linkNotices = {
	/** To a page that said `link:ready`. */
	'link:measure': exchangeTask,
	/** It is settled, or broken off: leave its room. */
	'link:done': z.object({ exchangeId: uuid }),
	/** To whoever watches the matrix: something of that day is another than before. */
	'links:changed': z.object({ date: linkDate }),
} as const;
