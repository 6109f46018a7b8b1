import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { freePortRow, isFree, nextFreeRow } from './ports.mjs';
import { StartProblem } from './startProblem.mjs';

const HOSTS = '/etc/hosts';
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
 * @property {{ signal: number, media: number }[]} nodes ports of each media node, the first as in `ports`
 * @property {number[]} hubs ports of the hubs themselves, on loopback, where several stand behind one address
 *
 * @param {import('./options.mjs').Options} options
 * @returns {Promise<Addresses>}
 * @throws {StartProblem} for a foreign address or a taken port
 */
export async function settleAddresses({ host, ports: wanted, follow, workers, hubs, nodes }) {
	const bind = await boundAddress(host);
	const isLoopback = loopback.test(bind);
	const announced = everywhere.has(host) ? firstOwnAddress() : isLoopback ? bind : host;
	const local = everywhere.has(bind) ? '127.0.0.1' : bind;
	const ports = await settlePorts({ wanted, follow, workers, host: bind });
	const { signal, media } = ports;
	return {
		bind,
		announced,
		local,
		isLoopback,
		ports,
		nodes: [{ signal, media }, ...(await morePorts({ count: nodes - 1, workers, host: bind }))],
		hubs: await hubPorts(hubs),
	};
}

/**
 * Free ones for the media nodes beside the first: a row each, signalling before media.
 * @param {{ count: number, workers: number, host: string }} given
 */
async function morePorts({ count, workers, host }) {
	const row = workers + 2;
	const first = count > 0 ? await freePortRow(count * row, host) : 0;
	return Array.from({ length: count }, (_, i) => ({ signal: first + i * row, media: first + i * row + 1 }));
}

/** @param {number} count */
async function hubPorts(count) {
	if (count === 1) return [];
	const first = await freePortRow(count, '127.0.0.1');
	return Array.from({ length: count }, (_, i) => first + i);
}

/** @param {string} host @returns {Promise<string>} */
async function boundAddress(host) {
	if (everywhere.has(host)) return host;
	let addresses;
	try {
		const family = host === 'localhost' ? 4 : 0;
		addresses = isIP(host)
			? [host]
			: (await lookup(host, { family, all: true })).map(({ address }) => address);
	} catch {
		throw new StartProblem(
			`The host name ${host} is not known here.`,
			'Give a name that this machine resolves to an address of its own, or the address itself.',
		);
	}
	const hosts = await readFile(HOSTS, 'utf8').catch(() => '');
	return chooseAddress({ host, addresses, own: ownAddresses(), hosts });
}

/**
 * The address of this machine that a name or address given as host stands for. A name that leads to the machine itself
 * only here (Debian writes `127.0.1.1 <name>` into the hosts file) stands for the one address that others reach.
 * @param {object} given
 * @param {string} given.host
 * @param {string[]} given.addresses what it resolves to here
 * @param {{ address: string, family: string, internal: boolean }[]} given.own addresses of this machine
 * @param {string} given.hosts text of the hosts file
 * @returns {string}
 * @throws {StartProblem} where no address or more than one will do
 */
export function chooseAddress({ host, addresses, own, hosts }) {
	const real = addresses.find((each) => own.some(({ address, internal }) => address === each && !internal));
	if (real) return real;
	const inner = addresses.find((each) => loopback.test(each));
	if (inner && (isIP(host) || /(^|\.)localhost$/.test(host))) return inner;
	if (!inner) {
		throw new StartProblem(
			`${host}${isIP(host) ? '' : ` (${addresses[0]})`} is not an address of this machine.`,
			`Its addresses are: ${own.map(({ address }) => address).join(', ')}. Give one of them or a name for one.`,
		);
	}
	const outer = own.filter(({ internal, family }) => !internal && family === 'IPv4');
	if (outer.length === 1) return outer[0].address;
	const line = hosts
		.split('\n')
		.findIndex((text) => text.replace(/#.*/, '').split(/\s+/).slice(1).includes(host));
	const where = line < 0 ? '' : `: line ${line + 1} of ${HOSTS}, “${hosts.split('\n')[line].trim()}”`;
	throw new StartProblem(
		`${host} is ${inner} here, which no other machine reaches${where}.`,
		outer.length === 0
			? 'This machine has no other address. Leave --host out, or connect it to a network.'
			: `Write one of its addresses into that line, or give it: ${outer.map(({ address }) => address).join(', ')}.`,
	);
}

const ownAddresses = () => Object.values(networkInterfaces()).flatMap((list) => list ?? []);

function firstOwnAddress() {
	return ownAddresses().find((entry) => !entry.internal && entry.family === 'IPv4')?.address ?? '127.0.0.1';
}

/**
 * Ports that nobody named make way for what is there; those named are taken or refused.
 * @param {{ wanted: Ports, follow: { signal: boolean, media: boolean }, workers: number, host: string }} settings
 * @typedef {{ hub: number, signal: number, media: number }} Ports 0 = a free one
 * @returns {Promise<Ports>}
 */
export async function settlePorts({ wanted, follow, workers, host }) {
	const row = workers + 1;
	const hub = wanted.hub || (await freePortRow(1, host));
	const signal = wanted.signal || (await freePortRow(1, host));
	const media = wanted.media || (await freePortRow(row, host));
	const taken = [hub];
	const ports = {
		hub,
		signal: follow.signal ? await nextFreeRow(signal, 1, host, taken) : signal,
		media: 0,
	};
	taken.push(ports.signal);
	ports.media = follow.media ? await nextFreeRow(media, row, host, taken) : media;
	const mediaRow = Array.from({ length: row }, (_, i) => ports.media + i);
	for (const [name, list, udp] of [
		['PORT', [ports.hub], false],
		['MEDIA_SIGNAL_PORT', [ports.signal], false],
		['MEDIA_PORT', mediaRow, true],
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
