import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Whether a proxy is believed when it says for whom it asks. `hop` 0 is the connection itself, 1 whoever it names, … */
export type TrustsProxy = (address: string, hop: number) => boolean;

/**
 * Reads `TRUST_PROXY`: `none`; how many proxies stand in front (`1`); or their addresses and networks, separated by
 * commas (`10.1.0.0/16, fd00::/8, loopback`).
 * @throws TypeError naming the part that is none of these
 */
export function parseTrustedProxies(text: string): TrustsProxy {
	if (text === 'none') return () => false;
	if (/^\d{1,2}$/.test(text)) return (_address, hop) => hop < Number(text);
	const trusted = new BlockList();
	for (const part of text.split(',').map((one) => one.trim())) addNetwork(trusted, part);
	return (address) => {
		const plain = plainAddress(address);
		return isIP(plain) !== 0 && trusted.check(plain, familyOf(plain));
	};
}

/** The address of the person who asks: the first one, counted from the hub, that is no trusted proxy. */
export function clientAddress(request: IncomingMessage, trusts: TrustsProxy): string {
	const header = request.headers['x-forwarded-for'] ?? '';
	const named = String(header).split(',').reverse();
	// A request that was ended while its body came has none any more.
	const socket = request.socket as IncomingMessage['socket'] | null;
	let address = plainAddress(socket?.remoteAddress ?? '');
	for (const [hop, next] of named.entries()) {
		const candidate = plainAddress(next.trim());
		// What is no address was not written by a proxy.
		if (!trusts(address, hop) || isIP(candidate) === 0) break;
		address = candidate;
	}
	return address;
}

function addNetwork(list: BlockList, part: string): void {
	if (part === 'loopback') {
		list.addSubnet('127.0.0.0', 8);
		list.addAddress('::1', 'ipv6');
		return;
	}
	const [address = '', prefix, ...more] = part.split('/');
	const family = familyOf(address);
	const bits = prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix);
	const fits = /^\d{1,3}$/.test(prefix ?? '0') && bits <= (family === 'ipv4' ? 32 : 128);
	if (isIP(address) === 0 || !fits || more.length > 0) {
		throw new TypeError(`‘${part}’ is no address, network, number of proxies, ‘loopback’ or ‘none’`);
	}
	list.addSubnet(address, bits, family);
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
/** IPv4 in IPv6's clothes as IPv4. */
const plainAddress = (address: string) => address.replace(/^::ffff:(?=[\d.]+$)/i, '');
