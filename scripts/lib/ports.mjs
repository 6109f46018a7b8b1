import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/**
 * Whether a port can be bound now, by TCP and, where asked, by UDP too.
 * @param {number} port
 * @param {string} host
 * @param {{ udp?: boolean }} [options]
 * @returns {Promise<boolean>}
 */
export async function isFree(port, host, { udp = false } = {}) {
	return (await bindsTcp(port, host)) !== undefined && (!udp || (await bindsUdp(port, host)));
}

/**
 * A row of neighbouring ports free for TCP and UDP alike, below the range that the kernel hands out itself.
 * @param {number} count
 * @param {string} host
 * @returns {Promise<number>} the first of them
 */
export async function freePortRow(count, host) {
	for (let attempt = 0; attempt < 200; attempt += 1) {
		const first = 20_000 + Math.floor(Math.random() * (12_000 - count));
		const row = Array.from({ length: count }, (_, i) => isFree(first + i, host, { udp: true }));
		if ((await Promise.all(row)).every(Boolean)) return first;
	}
	throw new Error(`No ${count} neighbouring free ports on ${host}`);
}

/**
 * The first row of neighbouring free ports at or after `first`, in steps of its length.
 * @param {number} first
 * @param {number} count
 * @param {string} host
 * @param {number[]} taken promised to others
 * @returns {Promise<number>} the first of them; `first` itself where there is none
 */
export async function nextFreeRow(first, count, host, taken) {
	for (let start = first; start + count <= 65_536 && start < first + 100 * count; start += count) {
		const row = Array.from({ length: count }, (_, i) => start + i);
		if (row.some((port) => taken.includes(port))) continue;
		if ((await Promise.all(row.map((port) => isFree(port, host, { udp: true })))).every(Boolean))
			return start;
	}
	return first;
}

/** @param {number} port @param {string} host @returns {Promise<number | undefined>} the bound port */
function bindsTcp(port, host) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen({ port, host, exclusive: true }, () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
		});
	});
}

/** @param {number} port @param {string} host @returns {Promise<boolean>} */
function bindsUdp(port, host) {
	return new Promise((resolve) => {
		const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
		socket.once('error', () => resolve(false));
		socket.bind({ port, address: host, exclusive: true }, () => socket.close(() => resolve(true)));
	});
}
