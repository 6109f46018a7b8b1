import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

export interface RtcAddress {
	/** Bound by the workers. */
	readonly ip: string;
	/** In the ICE candidates, where it differs. */
	readonly announced: string | undefined;
}

/**
 * Where media is received and what is announced for it. Browsers want IP addresses in ICE candidates, so names are
 * looked up once, at start. An announced address that is this machine's own is bound itself; any other one (behind
 * NAT) stands for `host`, or for the first own address when `host` is all of them. Throws when two would need the
 * same socket.
 */
export async function rtcAddresses(
	host: string,
	announced: readonly string[],
	own: readonly string[] = ownAddresses(),
): Promise<RtcAddress[]> {
	const first = own[0] ?? '127.0.0.1';
	const bound = await addressOf(host);
	const single = announced.length === 1;
	const found: RtcAddress[] = [];
	for (const name of announced) {
		const address = isWildcard(name) ? first : await addressOf(name);
		const isOwn = own.includes(address) || address.startsWith('127.');
		const ip = single ? bound : isOwn ? address : isWildcard(bound) ? first : bound;
		if (found.some((other) => other.ip === ip)) {
			throw new Error(`ANNOUNCED_ADDRESS: ${address} would be bound to ${ip}, which is announced already`);
		}
		found.push({ ip, announced: address === ip ? undefined : address });
	}
	return found;
}

async function addressOf(host: string): Promise<string> {
	return isIP(host) === 0 ? (await lookup(host, { family: 4 })).address : host;
}

function isWildcard(host: string): boolean {
	return host === '0.0.0.0' || host === '::';
}

/** Of the real network interfaces, IPv4. */
function ownAddresses(): string[] {
	const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
	return all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
}
