import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

export interface RtcAddress {
	/** Bound by the workers. */
	readonly ip: string;
	/** In the ICE candidates, where it differs. */
	readonly announced: string | undefined;
}

/** Browsers want IP addresses in ICE candidates, so names are looked up once, at start. */
export async function rtcAddress(host: string, announcedHost: string): Promise<RtcAddress> {
	const ip = await addressOf(host);
	const announced = isWildcard(announcedHost) ? firstOwnAddress() : await addressOf(announcedHost);
	return { ip, announced: announced === ip ? undefined : announced };
}

async function addressOf(host: string): Promise<string> {
	return isIP(host) === 0 ? (await lookup(host, { family: 4 })).address : host;
}

function isWildcard(host: string): boolean {
	return host === '0.0.0.0' || host === '::';
}

function firstOwnAddress(): string {
	const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
	return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
