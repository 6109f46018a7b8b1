import { z } from 'zod';
import { checkItem } from '../checks/items.ts';
import { cityCode } from '../cities/cities.ts';
import { windowId } from '../ids/ids.ts';

/**
 * What a ticket is about: an item of a window's check, something else at a window, one direction of a link, or the media
 * nodes of a city.
 */
export const ticketCause = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('device'), windowId, item: checkItem }),
	z.object({ kind: z.literal('other'), windowId }),
	z.object({ kind: z.literal('link'), from: cityCode, to: cityCode }),
	z.object({ kind: z.literal('node'), city: cityCode }),
]);
export type TicketCause = z.infer<typeof ticketCause>;

/** A cause that can fail again, and be found by that: of each there is one open ticket at most. */
export type KnownCause = Exclude<TicketCause, { kind: 'other' }>;

/** `window:<id>:camera`, `link:310117-330100`, `node:310117` */
export function causeKey(cause: KnownCause): string {
	switch (cause.kind) {
		case 'device':
			return `window:${cause.windowId}:${cause.item}`;
		case 'link':
			return `link:${cause.from}-${cause.to}`;
		case 'node':
			return `node:${cause.city}`;
	}
}
