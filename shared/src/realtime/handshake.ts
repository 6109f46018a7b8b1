import { z } from 'zod';
import { pageId, windowId } from '../ids/ids.ts';

/** Between pages and the hub. */
export const HUB_NAMESPACE = '/hub';

/** Handshake of namespace `/hub`. `windowId` is the window that this PC was set to. */
export const hubHandshake = z.object({
	token: z.string().max(4096),
	pageId,
	windowId: windowId.nullable(),
	/** `PROTOCOL` of the page. */
	protocol: z.int().min(1).default(1),
});
