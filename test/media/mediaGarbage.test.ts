import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { mediaRequests } from '@counter-hub/shared/media/mediaProtocol.ts';
import { z } from 'zod';
import { newMediaNode, type TestNode } from '../platform/newMediaNode.ts';
import { sampleRtp, TestPeer } from './TestPeer.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

let media: TestNode;
let peer: TestPeer;
beforeAll(async () => {
	process.stdout.write(`SEED=${String(SEED)}\n`);
	media = await newMediaNode({ limits: { requests: 1e9 } });
	// The spare comes a moment later; from then on a change of the list is a death.
	await vi.waitFor(
		() => {
			expect(media.node.pool.describe().some(({ spare }) => spare)).toBe(true);
		},
		{ timeout: 10_000 },
	);
	peer = await TestPeer.join(media.signalUrl, { token: media.grants.sign() });
});
afterAll(async () => {
	peer.close();
	await media.close();
});

const workerPids = () => media.node.pool.describe().map(({ pid }) => pid);

/** A value that is nearly right: some of its leaves replaced by anything. */
function spoiled(value: unknown): fc.Arbitrary<unknown> {
	const junk = fc.oneof(
		fc.anything(),
		fc.constantFrom(-1, 0, 2 ** 32, NaN, '', 'video/VP8', [], {}, null, undefined),
	);
	if (Array.isArray(value)) {
		const items = fc.tuple(...value.map(spoiled));
		return fc.oneof({ weight: 6, arbitrary: items }, { weight: 1, arbitrary: junk });
	}
	if (typeof value === 'object' && value !== null) {
		const fields = Object.fromEntries(Object.entries(value).map(([key, field]) => [key, spoiled(field)]));
		return fc.oneof({ weight: 6, arbitrary: fc.record(fields) }, { weight: 1, arbitrary: junk });
	}
	return fc.oneof({ weight: 6, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: junk });
}

/** What JSON can carry of it. */
const onTheWire = (value: unknown): unknown => {
	try {
		const [carried]: unknown[] = z.array(z.unknown()).parse(JSON.parse(JSON.stringify([value])));
		return carried;
	} catch {
		return null;
	}
};

test('M-14 RTP parameters made of garbage are refused with a code, and the worker lives on', async () => {
	const pids = workerPids();
	const codes = new Set<string>();
	await fc.assert(
		fc.asyncProperty(spoiled(sampleRtp('camera')), async (rtpParameters) => {
			const streamId = randomUUID();
			const request = {
				roomId: peer.welcome.roomId,
				workerId: peer.workerId,
				streamId,
				source: 'camera',
				kind: 'video',
				rtpParameters: onTheWire(rtpParameters),
				paused: false,
			};
			const ack = await peer.askRaw('produce', request);
			if (ack.ok) await peer.ask('stream:close', { streamId });
			else codes.add(ack.error.code);
		}),
		{ numRuns: 300, seed: SEED },
	);
	expect([...codes].filter((code) => !['REQ-1001', 'MEDIA-6010'].includes(code))).toEqual([]);
	expect(workerPids()).toEqual(pids);
	await peer.produce('camera');
});

test('M-14 well-formed RTP parameters that fit nothing are MEDIA-6010', async () => {
	const good = sampleRtp('camera');
	const bad = [
		{ ...good, codecs: [{ mimeType: 'video/unheard-of', payloadType: 96, clockRate: 90_000 }] },
		{ ...good, encodings: [{ rid: 'a' }, { rid: 'a' }], mid: undefined },
		{ ...good, codecs: [{ mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000 }] },
	];
	for (const rtpParameters of bad) {
		const request = {
			roomId: peer.welcome.roomId,
			workerId: peer.workerId,
			streamId: randomUUID(),
			source: 'camera',
			kind: 'video',
			rtpParameters: onTheWire(rtpParameters),
			paused: false,
		};
		expect(await peer.askRaw('produce', request)).toMatchObject({ ok: false, error: { code: 'MEDIA-6010' } });
	}
});

test('M-14 garbage for every request, and unknown events, are answered with a code', async () => {
	const pids = workerPids();
	// `line:check` asks for nothing, so that `{}` is right.
	const events = Object.keys(mediaRequests).filter((event) => event !== 'leave' && event !== 'line:check');
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...events, 'constructor', '__proto__', 'no:such:event'),
			fc.anything(),
			async (event, payload) => {
				const ack = await peer.askRaw(event, onTheWire(payload));
				expect(ack.ok ? 'accepted' : ack.error.code).toMatch(/^(REQ|MEDIA)-\d{4}$/);
			},
		),
		{ numRuns: 300, seed: SEED },
	);
	expect(await peer.askRaw('line:check', { more: 1 })).toMatchObject({
		ok: false,
		error: { code: 'REQ-1001' },
	});
	expect(workerPids()).toEqual(pids);
});

test('M-14 capabilities made of garbage are refused or give no streams', async () => {
	const { routerRtpCapabilities } = peer.welcome;
	const other = await TestPeer.join(media.signalUrl, {
		token: media.grants.sign({ roomId: peer.welcome.roomId }),
	});
	await fc.assert(
		fc.asyncProperty(spoiled(routerRtpCapabilities), async (rtpCapabilities) => {
			const ack = await other.askRaw('ready', { rtpCapabilities: onTheWire(rtpCapabilities) });
			if (!ack.ok) expect(ack.error.code).toMatch(/^(REQ-1001|MEDIA-6010)$/);
		}),
		{ numRuns: 100, seed: SEED },
	);
	other.close();
});

test('M-14 DTLS parameters that are none are refused; a connected transport takes a repeat', async () => {
	const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
	const connect = (fingerprints: unknown) =>
		peer.askRaw('transport:connect', {
			workerId: peer.workerId,
			direction: 'send',
			dtlsParameters: { role: 'client', fingerprints },
		});
	expect(await connect([])).toMatchObject({ ok: false, error: { code: 'REQ-1001' } });
	expect(await connect([{ algorithm: 'md5', value: fingerprint }])).toMatchObject({
		ok: false,
		error: { code: 'REQ-1001' },
	});
	const short = [{ algorithm: 'sha-256', value: fingerprint.slice(0, 59) }];
	await connect(short);
	const good = [{ algorithm: 'sha-256', value: fingerprint }];
	expect(await connect(good)).toMatchObject({ ok: true });
	expect(await connect(good)).toMatchObject({ ok: true });
});

test('M-17 a request that names another worker is refused as such', async () => {
	const { rtpParameters, ...rest } = {
		rtpParameters: sampleRtp('camera'),
		streamId: randomUUID(),
		source: 'camera',
		kind: 'video',
	};
	const ack = await peer.askRaw('produce', {
		...rest,
		rtpParameters,
		roomId: peer.welcome.roomId,
		workerId: 'gone',
		paused: false,
	});
	expect(ack).toMatchObject({ ok: false, error: { code: 'MEDIA-6012' } });
});

test('M-18 more streams than a peer may have are refused', async () => {
	const room = { roomId: peer.welcome.roomId };
	const greedy = await TestPeer.join(media.signalUrl, { token: media.grants.sign(room) });
	for (let made = 0; made < 8; made++) await greedy.produce('camera');
	await expect(greedy.produce('camera')).rejects.toMatchObject({ code: 'MEDIA-6013' });
	greedy.close();
});

test('M-18 a flood of requests is cut off', async () => {
	const strict = await newMediaNode({ limits: { requests: 20, requestWindowS: 20 } });
	const flooder = await TestPeer.join(strict.signalUrl, { token: strict.grants.sign() });
	const acks = await Promise.all(Array.from({ length: 40 }, () => flooder.askRaw('grant', { token: 'x' })));
	expect(acks.filter((ack) => !ack.ok && ack.error.code === 'REQ-1005').length).toBeGreaterThanOrEqual(15);
	flooder.close();
	await strict.close();
});
