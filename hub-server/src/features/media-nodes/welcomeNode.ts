import { createHash, timingSafeEqual } from 'node:crypto';
import { findCity } from '@counter-hub/shared/cities/cities.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { parse } from '@counter-hub/shared/errors/parse.ts';
import { nodeHandshake, type NodeHandshake } from '@counter-hub/shared/media/nodeProtocol.ts';
import type { HubContext } from '../../HubContext.ts';
import { cityKey } from './cityKeys.ts';
import { nodeLinks } from './NodeLinks.ts';
import { nodeRegistry } from './NodeRegistry.ts';

/** What a node has said of itself, once it is believed. */
export type WelcomedNode = Omit<NodeHandshake, 'credential' | 'cityKey'>;

/**
 * Whether a node may register, and as what (N-1). Whoever lies about his city gets no pages, and takes nobody's place.
 * @throws AppError `nodeRefused`, `nodeCityRefused`; `unknownCity` until its city is registered, so that it tries again
 */
export async function welcomeNode(hub: HubContext, shown: unknown): Promise<WelcomedNode> {
	const { credential, cityKey: key = '', ...about } = parse(nodeHandshake, shown);
	const { nodeCredential, mediaGrantPrivateKey } = hub.config;
	if (!isSame(credential, nodeCredential)) throw new AppError('nodeRefused');
	const { nodeId, city, signalUrl } = about;
	const refuse = (why: string): never => {
		hub.logger.error({ nodeId, city, signalUrl }, `a media node lies about its city: ${why}`);
		throw new AppError('nodeCityRefused', { detail: `${nodeId}, ${city ?? 'of no city'}: ${why}` });
	};
	if (city !== null && !findCity(city)) {
		const error = new AppError('unknownCity', { params: { city } });
		hub.logger.warn({ code: error.code, nodeId, city }, 'a media node names a city that is not registered');
		throw error;
	}
	if (city !== null && !isSame(key, cityKey(mediaGrantPrivateKey, city)))
		refuse('it does not show the key of that city');
	const present = await presentCity(hub, nodeId);
	if (present !== undefined && present !== city) refuse('a node of another city has this id and is there');
	return about;
}

/** The city of the node of that id that this hub, or another one, has a link to; undefined: there is none. */
async function presentCity(hub: HubContext, nodeId: string): Promise<NodeHandshake['city'] | undefined> {
	const own = nodeRegistry(hub).find(nodeId, hub.now());
	if (own) return own.city;
	// Without the database nothing is known of the others, and no page is sent anywhere either.
	const links = await nodeLinks(hub)
		.all()
		.catch(() => []);
	return links.find((node) => node.nodeId === nodeId)?.city;
}

function isSame(given: string, expected: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(given), digest(expected));
}
