import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { freePortRow, isFree } from './ports.mjs';
import { StartProblem } from './startProblem.mjs';

const everywhere = new Set(['0.0.0.0', '::']);
const loopback = /^(127\.|::1$)/;

/**
 * Where the installation listens and how browsers reach it.
 * @typedef {object} Addresses
 * @property {string} bind IP address
 * @property {string} announced name or address for browsers
 * @property {string} local address by which processes of this machine reach it
 * @property {boolean} isLoopback
 * @property {{ hub: number, signal: number, media: number }} ports
 *
 * @param {import('./options.mjs').Options} options
 * @returns {Promise<Addresses>}
 * @throws {StartProblem} for a foreign address or a taken port
 */
export async function settleAddresses({ host, ports, workers }) {
	const bind = await boundAddress(host);
	const isLoopback = loopback.test(bind);
	const announced = everywhere.has(host) ? firstOwnAddress() : isLoopback ? bind : host;
	const local = everywhere.has(bind) ? '127.0.0.1' : bind;
	return { bind, announced, local, isLoopback, ports: await settlePorts(ports, workers, bind) };
}

/** @param {string} host @returns {Promise<string>} */
async function boundAddress(host) {
	if (everywhere.has(host)) return host;
	let address;
	try {
		address = isIP(host) ? host : (await lookup(host, { family: host === 'localhost' ? 4 : 0 })).address;
	} catch {
		throw new StartProblem(
			`The host name ${host} is not known here.`,
			'Give a name that this machine resolves to an address of its own, or the address itself.',
		);
	}
	const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
	if (loopback.test(address) || own.some((entry) => entry.address === address)) return address;
	throw new StartProblem(
		`${host}${isIP(host) ? '' : ` (${address})`} is not an address of this machine.`,
		`Its addresses are: ${own.map((entry) => entry.address).join(', ')}. Give one of them or a name for one.`,
	);
}

function firstOwnAddress() {
	const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
	return own.find((entry) => !entry.internal && entry.family === 'IPv4')?.address ?? '127.0.0.1';
}

/** @param {{ hub: number, signal: number, media: number }} wanted @param {number} workers @param {string} host */
async function settlePorts(wanted, workers, host) {
	const row = workers + 1;
	const ports = {
		hub: wanted.hub || (await freePortRow(1, host)),
		signal: wanted.signal || (await freePortRow(1, host)),
		media: wanted.media || (await freePortRow(row, host)),
	};
	const media = Array.from({ length: row }, (_, i) => ports.media + i);
	for (const [name, list, udp] of [
		['PORT', [ports.hub], false],
		['MEDIA_SIGNAL_PORT', [ports.signal], false],
		['MEDIA_PORT', media, true],
	]) {
		for (const port of list) {
			if (port > 65_535 || !(await isFree(port, host, { udp }))) {
				throw new StartProblem(
					`Port ${port} (${name}${udp ? `, one of ${row} from ${ports.media}` : ''}) is taken${port < 1024 ? ' or needs rights' : ''}.`,
					`Stop what uses it (ss -lntup | grep :${port}), or choose others: ${name}=… npm start, or PORT=0 npm start for free ports.`,
				);
			}
		}
	}
	return ports;
}
