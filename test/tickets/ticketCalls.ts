import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { CheckFinding } from '@counter-hub/shared/checks/items.ts';
import { ticketDetail, ticketPage, type TicketView } from '@counter-hub/shared/tickets/tickets.ts';
import { seededWindowId } from '@counter-hub/hub-server/seed/counters.ts';
import type { TestClient } from '../platform/TestClient.ts';

/* What people and pages ask of tickets, at a window in 松江. */

export const [SONGJIANG, JIAXING, HANGZHOU] = ['310117', '330400', '330100'] as const;
export const WINDOW = seededWindowId(SONGJIANG, 1);
/** Ends what hangs, however busy the machine is. */
export const IN_TIME = { timeout: 60_000 };

export const command = () => ({ commandId: randomUUID() });
export const printer = (works: boolean): CheckFinding => ({ item: 'printer', works });
export const check = (client: TestClient, found: CheckFinding, windowId = WINDOW) =>
	client.post('/checks/items', { ...command(), windowId, found });
export const list = async (client: TestClient, query = ''): Promise<TicketView[]> =>
	ticketPage.parse(await client.get(`/tickets${query}`)).tickets;
export const read = async (client: TestClient, id: string) =>
	ticketDetail.parse(await client.get(`/tickets/${id}`));
export const types = async (client: TestClient, id: string) =>
	(await read(client, id)).events.map(({ type }) => type.replace('ticket.', ''));
export const step = async (
	client: TestClient,
	{ id, version }: TicketView,
	what: string,
	more: object = {},
) =>
	ticketDetail.parse(await client.post(`/tickets/${id}/${what}`, { ...command(), version, ...more })).ticket;
export const report = (client: TestClient, item: string | null, text: string, windowId = WINDOW) =>
	client.post('/tickets', { ...command(), windowId, item, text });

/** The one ticket there is, once it is as expected. */
export async function oneTicket(client: TestClient, expected: object = {}): Promise<TicketView> {
	await expect.poll(() => list(client), IN_TIME).toMatchObject([expected]);
	const [ticket] = await list(client);
	if (!ticket) throw new Error('there is no ticket');
	return ticket;
}
