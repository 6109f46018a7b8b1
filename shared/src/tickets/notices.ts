import { z } from 'zod';
import { ticketId } from './tickets.ts';

export const ticketNotices = {
	/** To the pages of those who may read it, and of links and nodes to those that watch the matrix: a ticket is there, or something happened on it. They read it again. */
	'tickets:changed': z.object({ ticketId }),
} as const;
