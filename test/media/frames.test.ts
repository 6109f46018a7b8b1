import { randomBytes, randomUUID } from 'node:crypto';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { MediaGrant } from '@counter-hub/shared/media/grant.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newMediaNode, type TestNode } from '../platform/newMediaNode.ts';
import { TestPeer } from './TestPeer.ts';

const KIB = 1024;
let media: TestNode;
let roomId: string;
let peers: TestPeer[];
/** What each viewer receives. */
const consumers = new WeakMap<TestPeer, string>();
beforeEach(async () => {
	roomId = newId();
	peers = [];
	media = await newMediaNode({
		limits: { frameBytes: 256 * KIB, frameLagMs: 100, framePatienceMs: 1_000, frameAskMs: 60_000 },
	});
});
afterEach(async () => {
	for (const peer of peers) peer.close();
	await media.close();
});

type Terms = Partial<MediaGrant>;
async function join(terms: Terms = {}): Promise<TestPeer> {
	const peer = await TestPeer.join(media.signalUrl, { token: media.grants.sign({ roomId, ...terms }) });
	peers.push(peer);
	return peer;
}
/** Somebody to whom the room's pictures flow. */
async function watch(terms: Terms = {}, wanted = 3): Promise<TestPeer> {
	const viewer = await join(terms);
	for (const { consumerId } of await viewer.ready()) {
		consumers.set(viewer, consumerId);
		await viewer.take(consumerId, wanted);
	}
	return viewer;
}
const frameOf = (rest = 1) => ({ frameId: randomUUID(), format: 'test', width: 640, height: 480, rest });
type Frame = ReturnType<typeof frameOf>;

const begin = async (owner: TestPeer, streamId: string, frame: Frame) =>
	(await owner.ask('frame:begin', { streamId, frame })).viewers;
const part = async (owner: TestPeer, streamId: string, { frameId }: Frame, no: number, last = false) =>
	(await owner.ask('frame:part', { streamId, frameId, part: no, last, data: randomBytes(KIB) })).viewers;
async function send(owner: TestPeer, streamId: string, frame: Frame, parts = 3): Promise<void> {
	await begin(owner, streamId, frame);
	for (let no = 0; no < parts; no++) await part(owner, streamId, frame, no, no === parts - 1);
}
const got = (viewer: TestPeer, { frameId }: Frame) =>
	viewer.all('frame:part').flatMap((one) => (one.frameId === frameId ? [one.part] : []));

test('M-25 a frame comes whole to those who watch the picture, and to nobody else', async () => {
	const owner = await join();
	const streamId = await owner.produce('document');
	const viewer = await watch();
	const others = [
		await watch({ stage: 'lobby' }),
		await watch({ subscribe: false }),
		await watch({}, -1),
		await watch({ roomId: newId() }),
		await join(),
	];
	const frame = frameOf();
	expect(await begin(owner, streamId, frame)).toBe(1);
	const data = Array.from({ length: 4 }, () => randomBytes(64 * KIB));
	for (const [no, bytes] of data.entries()) {
		const answer = { streamId, frameId: frame.frameId, part: no, last: no === 3, data: bytes };
		expect(await owner.ask('frame:part', answer)).toEqual({ viewers: 1 });
	}
	expect(viewer.all('frame:begin')).toEqual([{ roomId, streamId, frame }]);
	expect(Buffer.concat(viewer.all('frame:part').map((one) => new Uint8Array(one.data)))).toEqual(
		Buffer.concat(data),
	);
	expect(viewer.last('frame:part')).toMatchObject({ streamId, part: 3, last: true });

	await owner.ask('frame:drop', { streamId, rest: 1 });
	expect(await viewer.notice('frame:dropped')).toEqual({ roomId, streamId, rest: 1 });
	// It was told, in whose page it may still lie.
	await others[2]?.notice('frame:dropped');
	for (const other of others) {
		expect([...other.all('frame:begin'), ...other.all('frame:part')]).toEqual([]);
		if (other !== others[2] && other !== others[4]) expect(other.all('frame:dropped')).toEqual([]);
	}
});

test('M-25 who comes later, or lost something, asks for the frame; sent again it goes to him alone', async () => {
	const owner = await join();
	const streamId = await owner.produce('document');
	const early = await watch();
	const frame = frameOf();
	await send(owner, streamId, frame);
	expect(await begin(owner, streamId, frame)).toBe(0);
	const late = await watch();
	const ask = (viewer: TestPeer) => viewer.ask('frame:ask', { streamId, frameId: frame.frameId });
	await Promise.all([ask(late), ask(late), ask(late)]);
	expect(await owner.notice('frame:asked')).toEqual({ roomId, streamId, frameId: frame.frameId });
	await send(owner, streamId, frame);
	expect(got(late, frame)).toEqual([0, 1, 2]);
	expect(got(early, frame)).toEqual([0, 1, 2]);
	// Asked three times in a moment, told once.
	expect(owner.all('frame:asked')).toHaveLength(1);

	await ask(early);
	await owner.notice('frame:asked', 2);
	expect(await begin(owner, streamId, frame)).toBe(1);
	expect(await begin(owner, streamId, frameOf(2))).toBe(2);
});

test('M-25 only an own picture of papers or a screen that is sent now has frames, in order and within bounds', async () => {
	const owner = await join();
	const other = await watch();
	const [streamId, camera] = [await owner.produce('document'), await owner.produce('camera')];
	const foreign = await other.produce('document');
	const frame = frameOf();
	const refused = (code: string) => ({ code });
	await expect(part(owner, streamId, frame, 0)).rejects.toMatchObject(refused('MEDIA-6015'));
	await expect(begin(owner, camera, frame)).rejects.toMatchObject(refused('MEDIA-6015'));
	await expect(begin(owner, foreign, frame)).rejects.toMatchObject(refused('MEDIA-6008'));
	await expect(owner.ask('frame:drop', { streamId: foreign, rest: 1 })).rejects.toMatchObject(
		refused('MEDIA-6008'),
	);
	const { frameId } = frame;
	await expect(owner.ask('frame:ask', { streamId, frameId })).rejects.toMatchObject(refused('MEDIA-6008'));
	for (const bad of [
		{ width: 0 },
		{ width: 8193 },
		{ width: 8000, height: 8000 },
		{ format: 'Not A Format' },
		{ rest: -1 },
		{ rest: 1.5 },
		{ more: 1 },
	]) {
		const ack = await owner.askRaw('frame:begin', { roomId, streamId, frame: { ...frame, ...bad } });
		expect(ack).toMatchObject({ ok: false, error: refused('REQ-1001') });
	}

	// Out of order, repeated, of another frame, or after the last one: the frame comes no further.
	for (const wrong of [1, 2, 0]) {
		const one = frameOf();
		await begin(owner, streamId, one);
		if (wrong === 0) await part(owner, streamId, one, 0, true);
		await expect(part(owner, streamId, one, wrong)).rejects.toMatchObject(refused('MEDIA-6015'));
		await expect(part(owner, streamId, one, 1)).rejects.toMatchObject(refused('MEDIA-6015'));
	}
	await begin(owner, streamId, frame);
	await expect(part(owner, streamId, frameOf(), 0)).rejects.toMatchObject(refused('MEDIA-6015'));

	await begin(owner, streamId, frame);
	const sized = (bytes: number, no: number) => ({
		roomId,
		streamId,
		frameId,
		part: no,
		last: false,
		data: randomBytes(bytes),
	});
	for (const data of [Buffer.alloc(0), randomBytes(64 * KIB + 1), 'text', { 0: 1 }, [1, 2], null]) {
		const ack = await owner.askRaw('frame:part', { ...sized(1, 0), data });
		expect(ack).toMatchObject({ ok: false, error: refused('REQ-1001') });
	}
	for (let no = 0; no < 4; no++)
		expect(await owner.askRaw('frame:part', sized(64 * KIB, no))).toMatchObject({ ok: true });
	expect(await owner.askRaw('frame:part', sized(1, 4))).toMatchObject({ error: refused('MEDIA-6016') });
	expect(await owner.askRaw('frame:part', sized(1, 5))).toMatchObject({ error: refused('MEDIA-6015') });
});

test('M-25 what is covered, stands still for want of a camera, or may no longer be sent, has no frames', async () => {
	const participantId = randomUUID();
	const owner = await join({ participantId });
	const streamId = await owner.produce('document');
	const viewer = await watch();
	for (const [stop, resume] of [
		[() => owner.ask('stream:pause', { streamId }), () => owner.ask('stream:resume', { streamId })],
		[
			() => owner.ask('stream:stalled', { streamId, stalled: true }),
			() => owner.ask('stream:stalled', { streamId, stalled: false }),
		],
	] as const) {
		const frame = frameOf();
		await begin(owner, streamId, frame);
		await part(owner, streamId, frame, 0);
		await stop();
		await expect(part(owner, streamId, frame, 1)).rejects.toMatchObject({ code: 'MEDIA-6015' });
		await expect(begin(owner, streamId, frame)).rejects.toMatchObject({ code: 'MEDIA-6015' });
		expect(got(viewer, frame)).toEqual([0]);
		await resume();
	}
	const frame = frameOf();
	await begin(owner, streamId, frame);
	await owner.ask('grant', {
		token: media.grants.sign({ roomId, participantId, grantVersion: 2, publish: [] }),
	});
	await expect(part(owner, streamId, frame, 0)).rejects.toMatchObject({ code: 'MEDIA-6008' });
});

test('M-25 M-3 rights are asked for again with every part', async () => {
	const owner = await join();
	const streamId = await owner.produce('document');
	const viewer = await watch();
	const participantId = randomUUID();
	const dismissed = await watch({ participantId });
	const away = await watch();
	const frame = frameOf();
	expect(await begin(owner, streamId, frame)).toBe(3);
	expect(await part(owner, streamId, frame, 0)).toBe(3);
	const grant = media.grants.sign({ roomId, participantId, grantVersion: 2, subscribe: false });
	expect(media.node.rooms.grant(grant)).toBe(true);
	await away.take(consumers.get(away), -1);
	expect(await part(owner, streamId, frame, 1, true)).toBe(1);
	expect(got(viewer, frame)).toEqual([0, 1]);
	expect(got(dismissed, frame)).toEqual([0]);
	expect(got(away, frame)).toEqual([0]);
});

test('M-25 the publisher goes at the pace of the viewers; one who lags far behind the others is left behind', async () => {
	const owner = await join();
	const streamId = await owner.produce('document');
	const slow = await watch();
	slow.acknowledges = false;
	const alone = frameOf();
	await begin(owner, streamId, alone);
	expect(await part(owner, streamId, alone, 0)).toBe(1);
	// One part may be under way; the next is answered when one has arrived, or the viewer is given up.
	const second = part(owner, streamId, alone, 1);
	const third = part(owner, streamId, alone, 2);
	await expect(part(owner, streamId, alone, 3)).rejects.toMatchObject({ code: 'MEDIA-6015' });
	expect(await Promise.all([second, third])).toEqual([0, 0]);

	const quick = await watch();
	const frame = frameOf(2);
	expect(await begin(owner, streamId, frame)).toBe(2);
	const left: number[] = [];
	for (let no = 0; no < 6; no++) left.push(await part(owner, streamId, frame, no, no === 5));
	expect(left).toEqual([2, 1, 1, 1, 1, 1]);
	expect(got(quick, frame)).toEqual([0, 1, 2, 3, 4, 5]);
	expect(got(slow, frame)).toEqual([0, 1]);
	slow.acknowledges = true;
	await slow.ask('frame:ask', { streamId, frameId: frame.frameId });
	await owner.notice('frame:asked');
	await send(owner, streamId, frame, 6);
	expect(got(slow, frame)).toEqual([0, 1, 0, 1, 2, 3, 4, 5]);
	expect(got(quick, frame)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('M-25 a viewer who keeps up gets every part, also where two are under way', async () => {
	const owner = await join();
	const streamId = await owner.produce('document');
	const viewer = await watch();
	const numbers = Array.from({ length: 60 }, (_, no) => no);
	for (let rest = 0; rest < 5; rest++) {
		const frame = frameOf(rest);
		expect(await begin(owner, streamId, frame)).toBe(1);
		const left: number[] = [];
		let before: Promise<number> | undefined;
		for (const no of numbers) {
			const next = part(owner, streamId, frame, no, no === numbers.length - 1);
			left.push((await before) ?? 1);
			before = next;
		}
		expect(await before).toBe(1);
		expect(left).toEqual(numbers.map(() => 1));
		expect(got(viewer, frame)).toEqual(numbers);
	}
});

test('M-25 M-12 nobody learns from frames that a hidden viewer watches', async () => {
	const owner = await join();
	const streamId = await owner.produce('document');
	const hidden = await watch({ hidden: true });
	const frame = frameOf();
	expect(await begin(owner, streamId, frame)).toBe(0);
	expect(await part(owner, streamId, frame, 0, true)).toBe(0);
	expect(got(hidden, frame)).toEqual([0]);
	await hidden.ask('frame:ask', { streamId, frameId: frame.frameId });
	hidden.acknowledges = false;
	const next = frameOf(2);
	await begin(owner, streamId, next);
	for (let no = 0; no < 8; no++) await part(owner, streamId, next, no);
	expect(got(hidden, next)).toEqual([0, 1]);
	expect(owner.all('frame:asked')).toEqual([]);
});

test('M-25 M-18 parts have a budget of their own: too many are refused, and all else goes on', async () => {
	await media.close();
	media = await newMediaNode({ limits: { frameParts: 5, framePartWindowS: 3600, requests: 12 } });
	const owner = await join();
	const streamId = await owner.produce('document');
	const frame = frameOf();
	await begin(owner, streamId, frame);
	for (let no = 0; no < 5; no++) await part(owner, streamId, frame, no);
	await expect(part(owner, streamId, frame, 5)).rejects.toMatchObject({ code: 'REQ-1005' });
	for (let n = 0; n < 5; n++) await owner.ask('line:check', {});
});
