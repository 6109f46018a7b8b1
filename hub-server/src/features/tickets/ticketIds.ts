import { createHash } from 'node:crypto';

/**
 * The id of the n-th ticket of a cause (UUIDv8, RFC 9562): whoever opens it, at whichever hub, opens the same one, and
 * there are never two.
 */
export function ticketIdOf(causeKey: string, round: number): string {
	const hex = createHash('sha256').update(`ticket/${causeKey}/${round}`).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const subjectOfTicket = (ticketId: string): string => `ticket:${ticketId}`;
