import { createServer } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { blobs } from '@counter-hub/hub-server/features/blobs/blobs.ts';
import { keepBlob } from '@counter-hub/hub-server/platform/blobs/keepBlob.ts';
import { OPEN_UPLOADS_PER_PERSON, UPLOAD_LIFE } from '@counter-hub/hub-server/platform/blobs/limits.ts';
import { newHub, type NewHubOptions, type TestHub } from '../platform/newHub.ts';
import { newProcesses } from '../platform/processes.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { refusing } from './refusing.ts';
import { grantOf, newPdf, refusal, sha256, TestOwner, upload } from './uploading.ts';

const CITY = '310117';
const PIECE = 100_000;

/** A hub with a thing that refers to blobs, and somebody who may read what it holds. */
async function newReader(options: NewHubOptions = {}) {
	const owner = new TestOwner();
	const hub = await newHub({ features: owner.features, ...options });
	const reader = await hub.signIn('clerk', CITY);
	owner.readers.add((await reader.me()).staff.id);
	const store = async (bytes: Buffer) => {
		await upload(reader, bytes);
		owner.held.add(sha256(bytes));
		return grantOf(reader, sha256(bytes));
	};
	return { owner, hub, reader, store };
}

const get = (url: string, headers: Record<string, string> = {}) => fetch(url, { headers });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const stored = (hub: TestHub) => hub.context.connection.collection('blobs.files').countDocuments();
const chunksOf = (hub: TestHub) => hub.context.connection.collection('blobs.chunks').countDocuments();
const TUS = { 'tus-resumable': '1.0.0' };
const PDF = { kind: 'application/pdf', scan: 'none' } as const;

/** An upload whose bytes are all there, and nobody has looked at them yet. */
async function newWhole(hub: TestHub, client: TestClient, bytes: Buffer) {
	const { store } = blobs(hub.context);
	const staffId = (await client.me()).staff.id;
	const expiresAt = new Date(Date.now() + 60_000);
	const begun = await store.begin(
		{ staffId, sha256: sha256(bytes), size: bytes.length, expiresAt },
		new Date(),
	);
	const offset = await store.append(begun, Readable.from([bytes]));
	return { store, upload: { ...begun, offset }, path: `/uploads/${begun.id}` };
}

test('B-1 what was uploaded is read back, the same bytes are kept once, and no chunk stays of the second time', async () => {
	const { hub, store } = await newReader();
	const bytes = newPdf(700_001);
	const [url] = [await store(bytes), await store(bytes)];
	const answer = await get(url);
	expect(answer.headers.get('content-type')).toBe('application/pdf');
	expect(sha256(await bytesOf(answer))).toBe(sha256(bytes));
	expect(await stored(hub)).toBe(1);
	expect(await hub.context.connection.collection('blobs.chunks').countDocuments()).toBe(3);
});

test('B-2 an upload that is cut in the middle goes on where it was, at the same hub or another one', async () => {
	const { hub, reader, owner } = await newReader();
	const other = await newHub({ sharing: hub, features: new TestOwner().features });
	const bytes = newPdf(950_000);
	const begun = Promise.withResolvers<string>();
	void upload(reader, bytes, {
		chunkSize: PIECE,
		onPiece: (sent, sending) => {
			if (sent < 3 * PIECE) return;
			void sending.abort();
			begun.resolve(sending.url ?? '');
		},
	});
	const uploadUrl = (await begun.promise).replace(hub.url, other.url);
	const sent: number[] = [];
	await upload(reader, bytes, { uploadUrl, chunkSize: PIECE, onPiece: (end) => sent.push(end) });
	expect(sent[0]).toBeGreaterThan(3 * PIECE);
	owner.held.add(sha256(bytes));
	expect(sha256(await bytesOf(await get(await grantOf(reader, sha256(bytes)))))).toBe(sha256(bytes));
});

test('B-2 a cut that is noticed late takes nothing back of what came over another line meanwhile', async () => {
	const hub = await newHub();
	const { store } = blobs(hub.context);
	const bytes = newPdf(800_000);
	const { id } = await store.begin(
		{ staffId: newId(), sha256: sha256(bytes), size: bytes.length, expiresAt: new Date(Date.now() + 60_000) },
		new Date(),
	);
	const upload = await store.find(id);
	expect(upload).toBeDefined();
	const isTaken = Promise.withResolvers<undefined>();
	const isCut = Promise.withResolvers<never>();
	const hangs = async function* () {
		isTaken.resolve(undefined);
		yield bytes.subarray(0, 100_000);
		await isCut.promise;
	};
	const first = store.append(upload!, hangs());
	await isTaken.promise;
	expect(await store.append(upload!, Readable.from([bytes]))).toBe(bytes.length);
	isCut.reject(new Error('the line is gone'));
	await expect(first).rejects.toThrow();
	const read = Buffer.concat(await store.read({ ...upload!, offset: bytes.length }).toArray());
	expect(sha256(read)).toBe(sha256(bytes));
});

test('B-2 bytes that still come for an upload that was given up are not kept', async () => {
	const hub = await newHub();
	const { store } = blobs(hub.context);
	const { id } = await store.begin(
		{ staffId: newId(), sha256: 'c'.repeat(64), size: 800_000, expiresAt: new Date(Date.now() + 60_000) },
		new Date(),
	);
	const upload = await store.find(id);
	const isTaken = Promise.withResolvers<undefined>();
	const isDropped = Promise.withResolvers<undefined>();
	const comes = async function* () {
		isTaken.resolve(undefined);
		yield newPdf(300_000);
		await isDropped.promise;
		yield newPdf(300_000);
	};
	const refused = expect(store.append(upload!, comes())).rejects.toMatchObject({ code: 'BLOB-4502' });
	await isTaken.promise;
	await store.drop(id);
	isDropped.resolve(undefined);
	await refused;
	expect(await hub.context.connection.collection('blobs.chunks').countDocuments()).toBe(0);
});

test('B-2 kill -9 of the hub in the middle of an upload: it goes on, and the bytes are whole', async () => {
	const processes = await newProcesses({ media: false });
	const clerk = await processes.signIn('clerk', CITY);
	const bytes = newPdf(1_500_000);
	let restarted: Promise<unknown> | undefined;
	await upload(clerk, bytes, {
		chunkSize: PIECE,
		retries: Array.from({ length: 60 }, () => 500),
		onPiece: (sent) => {
			if (sent > 600_000) restarted ??= processes.restartHub();
		},
	});
	await restarted;
	const { store } = blobs(processes.registry.context);
	expect(await store.info(sha256(bytes))).toEqual({
		sha256: sha256(bytes),
		size: bytes.length,
		kind: 'application/pdf',
		scan: 'none',
	});
	const read = Buffer.concat(await store.stream(sha256(bytes), { start: 0, end: bytes.length }).toArray());
	expect(sha256(read)).toBe(sha256(bytes));
});

test('B-3 other bytes than announced, kinds that are not taken, and files too large are refused by name', async () => {
	const { hub, reader } = await newReader();
	const wrong = refusal(upload(reader, newPdf(5_000), { hash: 'a'.repeat(64) }));
	expect(await wrong).toMatchObject({ status: 422, code: 'BLOB-4505' });
	const programme = Buffer.concat([Buffer.from('MZ'), newPdf(5_000)]);
	expect(await refusal(upload(reader, programme))).toMatchObject({ status: 415, code: 'BLOB-4506' });
	const headers = { 'tus-resumable': '1.0.0', 'upload-length': '99999999999' };
	const metadata = { 'upload-metadata': `sha256 ${Buffer.from('a'.repeat(64)).toString('base64')}` };
	const begin = (more: Record<string, string>) => reader.refused('POST', '/uploads', undefined, more);
	expect(await begin({ ...headers, ...metadata })).toMatchObject({ status: 413, code: 'BLOB-4504' });
	expect(await begin({ ...headers, 'upload-length': '-1' })).toMatchObject({ code: 'REQ-1001' });
	expect(await begin({})).toMatchObject({ status: 412, code: 'BLOB-4513' });
	expect(await stored(hub)).toBe(0);
	expect(await hub.context.connection.collection('blobs.chunks').countDocuments()).toBe(0);
});

test('B-4 unfinished uploads are few per person, are nobody else’s, and expire', async () => {
	let now = Date.now();
	const { hub, reader } = await newReader({ now: () => now });
	const begin = (client: TestClient) =>
		client.send('POST', '/uploads', undefined, {
			'tus-resumable': '1.0.0',
			'upload-length': '1000',
			'upload-metadata': `sha256 ${Buffer.from('b'.repeat(64)).toString('base64')}`,
		});
	const first = await begin(reader);
	for (let i = 1; i < OPEN_UPLOADS_PER_PERSON; i++) expect((await begin(reader)).status).toBe(201);
	expect(await begin(reader)).toMatchObject({ status: 429, body: { code: 'BLOB-4503' } });
	const stranger = await hub.signIn('clerk', CITY);
	expect((await begin(stranger)).status).toBe(201);
	const path = `${hub.url}${first.headers.get('location') ?? ''}`;
	const tus = { 'tus-resumable': '1.0.0' };
	expect((await stranger.send('HEAD', path, undefined, tus)).status).toBe(404);
	expect((await reader.send('HEAD', path, undefined, tus)).headers.get('upload-offset')).toBe('0');
	now += UPLOAD_LIFE + 1;
	await blobs(hub.context).store.dropExpired(new Date(now));
	expect(await blobs(hub.context).store.countOpen()).toBe(0);
});

test('B-10 an upload that is given up while the scanner looks at it leaves nothing, and the same bytes come again', async () => {
	const isSeen = Promise.withResolvers<undefined>();
	const isDropped = Promise.withResolvers<undefined>();
	const scanner = createHttpServer((request, response) => {
		void request.toArray().then(async () => {
			isSeen.resolve(undefined);
			await isDropped.promise;
			response.writeHead(204).end();
		});
	});
	scanner.listen(0, '127.0.0.1');
	await once(scanner, 'listening');
	onTestFinished(() => void scanner.close());
	const blobScanUrl = `http://127.0.0.1:${(scanner.address() as AddressInfo).port}/scan`;
	const { hub, reader, store } = await newReader({ config: { blobScanUrl } });
	const bytes = newPdf(700_000);
	const at = Promise.withResolvers<string>();
	const refused = refusal(
		upload(reader, bytes, { chunkSize: 400_000, onPiece: (_sent, { url }) => at.resolve(url ?? '') }),
	);
	const url = await at.promise;
	await isSeen.promise;
	expect((await reader.send('DELETE', url, undefined, TUS)).status).toBe(204);
	isDropped.resolve(undefined);
	expect(await refused).toMatchObject({ status: 404, code: 'BLOB-4501' });
	expect([await stored(hub), await chunksOf(hub)]).toEqual([0, 0]);
	expect(sha256(await bytesOf(await get(await store(bytes))))).toBe(sha256(bytes));
});

test.each<[string, (whole: Awaited<ReturnType<typeof newWhole>>, client: TestClient) => Promise<unknown>]>([
	['is asked about again', ({ path }, client) => client.send('HEAD', path, undefined, TUS)],
	['is given up', ({ path }, client) => client.send('DELETE', path, undefined, TUS)],
	['expires', ({ store }) => store.dropExpired(new Date(Date.now() + UPLOAD_LIFE))],
])('B-10 an upload that was left between decision and blob becomes one when it %s', async (_how, go) => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', CITY);
	const bytes = newPdf(300_000);
	const whole = await newWhole(hub, clerk, bytes);
	await refusing(hub, 'blobs.files', {}, () => whole.store.finish(whole.upload, PDF));
	expect(await stored(hub)).toBe(0);
	await go(whole, clerk);
	expect(await whole.store.info(sha256(bytes))).toMatchObject({ size: bytes.length, ...PDF });
	const read = await whole.store.stream(sha256(bytes), { start: 0, end: bytes.length }).toArray();
	expect(sha256(Buffer.concat(read))).toBe(sha256(bytes));
	expect(await whole.store.countOpen()).toBe(0);
});

test('B-10 an upload of bytes that are kept already can be asked about wherever its end was cut, and leaves no chunk', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', CITY);
	const bytes = newPdf(300_000);
	await upload(clerk, bytes);
	const { store, upload: again, path } = await newWhole(hub, clerk, bytes);
	await refusing(hub, 'blobUploads', { isFinished: true }, () => store.finish(again, PDF));
	const answer = await clerk.send('HEAD', path, undefined, TUS);
	expect([answer.status, answer.headers.get('upload-offset')]).toEqual([200, '300000']);
	expect([await stored(hub), await chunksOf(hub)]).toEqual([1, 2]);
});

test('B-4 what the hub makes itself and loses its database at leaves no upload open', async () => {
	const hub = await newHub();
	const { store } = blobs(hub.context);
	await refusing(hub, 'blobs.chunks', {}, () =>
		keepBlob(store, newPdf(300_000), 'application/pdf', Date.now()),
	);
	expect(await store.countOpen()).toBe(0);
});

test('B-4 what the hub makes itself is kept, however many hubs before it were killed at it', async () => {
	const hub = await newHub();
	const { store } = blobs(hub.context);
	const bytes = newPdf(300_000);
	const left = { staffId: null, sha256: sha256(bytes), size: bytes.length };
	const expiresAt = new Date(Date.now() + UPLOAD_LIFE);
	for (let i = 0; i <= OPEN_UPLOADS_PER_PERSON; i++) await store.begin({ ...left, expiresAt }, new Date());
	const kept = await keepBlob(store, bytes, 'application/pdf', Date.now());
	expect(kept).toMatchObject({ sha256: sha256(bytes), size: bytes.length });
	expect(await stored(hub)).toBe(1);
});

test('B-5 one range, the rest, the end and the same bytes again are answered as RFC 9110 says', async () => {
	const { store } = await newReader();
	const bytes = newPdf(600_000);
	const url = await store(bytes);
	const etag = `"${sha256(bytes)}"`;
	for (const [range, start, end] of [
		['bytes=0-0', 0, 1],
		['bytes=261000-261500', 261_000, 261_501],
		['bytes=599990-', 599_990, 600_000],
		['bytes=-7', 599_993, 600_000],
		['bytes=599000-9999999', 599_000, 600_000],
	] as const) {
		const part = await get(url, { range, 'if-range': etag });
		expect(part.status, range).toBe(206);
		expect(part.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/600000`);
		expect((await bytesOf(part)).equals(bytes.subarray(start, end)), range).toBe(true);
	}
	const beyond = await get(url, { range: 'bytes=600000-' });
	expect(beyond.status).toBe(416);
	expect(beyond.headers.get('content-range')).toBe('bytes */600000');
	expect(await beyond.json()).toMatchObject({ code: 'BLOB-4512' });
	const changed = await get(url, { range: 'bytes=0-0', 'if-range': '"another"' });
	expect([changed.status, (await bytesOf(changed)).length]).toEqual([200, 600_000]);
	expect((await get(url, { 'if-none-match': etag })).status).toBe(304);
});

test('B-6 a grant is worth something for its person, its sign-in, its bytes and as long as the right lasts', async () => {
	let now = Date.now();
	const { owner, hub, reader, store } = await newReader({ now: () => now });
	const [one, two] = [newPdf(3_000), newPdf(3_000)];
	const url = await store(one);
	await store(two);
	expect((await get(url)).status).toBe(200);
	const grant = new URL(url).searchParams.get('grant') ?? '';
	const elsewhere = `${hub.url}/api/v1/blobs/${sha256(two)}?grant=${grant}`;
	expect(await (await get(elsewhere)).json()).toMatchObject({ status: 403, code: 'BLOB-4511' });
	expect((await get(url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).status).toBe(403);
	const stranger = await hub.signIn('clerk', CITY);
	const asked = stranger.refused('POST', `/blobs/${sha256(one)}/grants`, { referrer: 'paper:1' });
	expect(await asked).toMatchObject({ status: 403, code: 'AUTH-2008' });
	owner.held.delete(sha256(one));
	expect(await (await get(url)).json()).toMatchObject({ code: 'AUTH-2008' });
	owner.held.add(sha256(one));
	now += 10 * 60_000;
	expect((await get(url)).status).toBe(403);
	now -= 10 * 60_000;
	const fresh = await grantOf(reader, sha256(one));
	await reader.post('/auth/sign-out');
	expect((await get(fresh)).status).toBe(401);
});

test('B-7 the scanner refuses infected files; one that is away keeps files out until it is back', async () => {
	const clamd = createServer((socket) => {
		let seen = Buffer.alloc(0);
		socket.on('error', () => undefined);
		socket.on('data', (part) => {
			seen = Buffer.concat([seen, part]);
			if (seen.subarray(-4).equals(Buffer.alloc(4)))
				socket.end(seen.includes('EICAR') ? 'stream: Eicar FOUND\0' : 'stream: OK\0');
		});
	});
	clamd.listen(0, '127.0.0.1');
	await once(clamd, 'listening');
	const { port } = clamd.address() as AddressInfo;
	const { hub, reader } = await newReader({
		config: { blobScanUrl: `clamav://127.0.0.1:${port}` },
	} satisfies NewHubOptions);
	await upload(reader, newPdf(400_000));
	const infected = Buffer.concat([newPdf(1_000), Buffer.from('EICAR')]);
	expect(await refusal(upload(reader, infected))).toMatchObject({ status: 422, code: 'BLOB-4507' });
	clamd.close();
	const bytes = newPdf(2_000);
	expect(await refusal(upload(reader, bytes))).toMatchObject({ status: 503, code: 'BLOB-4508' });
	expect(await stored(hub)).toBe(1);
});

test('B-7 a scanner that breaks off in the middle of a file keeps it out, and the hub goes on', async () => {
	const clamd = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.once('data', () => socket.resetAndDestroy());
	});
	clamd.listen(0, '127.0.0.1');
	await once(clamd, 'listening');
	onTestFinished(() => void clamd.close());
	const { port } = clamd.address() as AddressInfo;
	const { reader } = await newReader({ config: { blobScanUrl: `clamav://127.0.0.1:${port}` } });
	const unhandled: unknown[] = [];
	const note = (reason: unknown) => unhandled.push(reason);
	process.on('unhandledRejection', note);
	onTestFinished(() => void process.off('unhandledRejection', note));
	const attempt = refusal(upload(reader, newPdf(6_000_000)));
	expect(await attempt).toMatchObject({ status: 503, code: 'BLOB-4508' });
	await nextTurn();
	expect(unhandled).toEqual([]);
});

test('B-7 the scanner may be asked by HTTP', async () => {
	const scanner = createHttpServer((request, response) => {
		void request.toArray().then((parts: Buffer[]) => {
			response.writeHead(Buffer.concat(parts).includes('EICAR') ? 406 : 204).end();
		});
	});
	scanner.listen(0, '127.0.0.1');
	await once(scanner, 'listening');
	onTestFinished(() => void scanner.close());
	const blobScanUrl = `http://127.0.0.1:${(scanner.address() as AddressInfo).port}/scan`;
	const { reader } = await newReader({ config: { blobScanUrl } });
	await upload(reader, newPdf(300_000));
	const infected = Buffer.concat([newPdf(1_000), Buffer.from('EICAR')]);
	expect(await refusal(upload(reader, infected))).toMatchObject({ code: 'BLOB-4507' });
});

test('B-8 a disk that is nearly full keeps files out by name, and everything else goes on', async () => {
	const { reader } = await newReader({ config: { blobDiskReserve: Number.MAX_SAFE_INTEGER } });
	expect(await refusal(upload(reader, newPdf(1_000)))).toMatchObject({ status: 507, code: 'BLOB-4509' });
	await reader.me();
});
