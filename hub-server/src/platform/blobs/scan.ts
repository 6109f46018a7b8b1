import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { SCAN_TIMEOUT } from './limits.ts';

/** Looks at whole files before they are kept. @throws AppError `blobInfected`, or `scannerUnavailable` */
export type Scan = (bytes: Readable) => Promise<void>;

/**
 * The scanner at an address: `clamav://host:3310` speaks clamd's INSTREAM; `http(s)://…` gets the bytes by POST and
 * answers 2xx for clean ones, 406 for infected ones. Without an address there is none.
 */
export function scannerAt(address: string | undefined): Scan | undefined {
	if (address === undefined) return undefined;
	const url = new URL(address);
	const isClean = url.protocol === 'clamav:' ? askClamd : askHttp;
	return async (bytes) => {
		let clean: boolean;
		try {
			clean = await isClean(url, bytes);
		} catch (cause) {
			throw new AppError('scannerUnavailable', { cause });
		} finally {
			bytes.destroy();
		}
		if (!clean) throw new AppError('blobInfected');
	};
}

async function askHttp(url: URL, bytes: Readable): Promise<boolean> {
	const request = {
		method: 'POST',
		body: Readable.toWeb(bytes),
		duplex: 'half',
		headers: { 'content-type': 'application/octet-stream' },
		signal: AbortSignal.timeout(SCAN_TIMEOUT),
	};
	const { ok, status, body } = await fetch(url, request as RequestInit);
	await body?.cancel();
	if (ok) return true;
	if (status === 406) return false;
	throw new Error(`the scanner answered ${status}`);
}

/** clamd's protocol: `zINSTREAM\0`, then parts with their length before them, then a length of 0. */
async function askClamd(url: URL, bytes: Readable): Promise<boolean> {
	const socket = connect(Number(url.port || 3310), url.hostname);
	socket.setTimeout(SCAN_TIMEOUT, () => socket.destroy(new Error('the scanner does not answer')));
	const failed = once(socket, 'error').then(([error]) => {
		throw error as Error;
	});
	const said = (async () => {
		await once(socket, 'connect');
		const answer = socket.toArray() as Promise<Buffer[]>;
		// Where the line breaks while bytes are sent, nobody gets as far as the answer.
		answer.catch(() => undefined);
		socket.write('zINSTREAM\0');
		for await (const part of bytes as AsyncIterable<Buffer>) {
			if (!socket.write(Buffer.concat([length(part.length), part]))) await once(socket, 'drain');
		}
		socket.write(length(0));
		return Buffer.concat(await answer)
			.toString('utf8')
			.replaceAll('\0', '')
			.trim();
	})();
	failed.catch(() => undefined);
	const line = await Promise.race([said, failed]).finally(() => socket.destroy());
	if (line.endsWith(' OK')) return true;
	if (line.endsWith(' FOUND')) return false;
	throw new Error(`the scanner said ‘${line.slice(0, 200)}’`);
}

function length(bytes: number): Buffer {
	const header = Buffer.alloc(4);
	header.writeUInt32BE(bytes);
	return header;
}
