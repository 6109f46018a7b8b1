import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { blobGrantAnswer } from '@counter-hub/shared/blobs/blobs.ts';
import { stillList, THUMBNAIL_SIDE_MAX, type Still } from '@counter-hub/shared/stills/stills.ts';
import { timelinePage } from '@counter-hub/shared/timeline/eventView.ts';
import { newPdf, sha256, upload } from '../blobs/uploading.ts';
import { ask, type TestClient } from '../platform/TestClient.ts';
import { eventsOf, HANGZHOU, next, openCase, SONGJIANG } from '../sessions/newCounters.ts';
import { newCall } from './newCall.ts';
import { newBomb, newPng } from './pictures.ts';

type Call = Awaited<ReturnType<typeof newCall>>;

const listOf = async (client: TestClient, caseId: string): Promise<Still[]> =>
	stillList.parse(await client.get(`/cases/${caseId}/stills`)).state;

/** What the clerk's page says of a picture that it has uploaded. */
function orderOf({ caseId, sessionId, approver }: Call, picture: Buffer, more: object = {}) {
	return {
		commandId: randomUUID(),
		caseId,
		sessionId,
		materialNo: 2,
		sha256: sha256(picture),
		thumbnailSha256: null,
		width: 64,
		height: 48,
		askedBy: approver.staffId,
		...more,
	};
}

async function store(call: Call, picture = newPng(64, 48), more: object = {}): Promise<string> {
	await upload(call.clerk.client, picture);
	const order = orderOf(call, picture, more);
	await ask(call.clerk.socket, 'still:store', order);
	return order.commandId;
}

describe('V5 stills', () => {
	it('V5 what the approver asks for reaches the page of the clerk, and nobody else', async () => {
		const call = await newCall();
		const { clerk, approver, sessionId } = call;
		const asked = next(clerk.socket, 'still:asked');
		let own = 0;
		approver.socket.on('still:asked', () => own++);
		const stillId = randomUUID();
		await ask(approver.socket, 'still:ask', { sessionId, stillId, materialNo: 2 });
		expect(await asked).toEqual({ sessionId, stillId, materialNo: 2, askedBy: approver.staffId });
		expect(own).toBe(0);
	});

	it('V5 a still stands on the timeline with its hash, material and session; the same command again changes nothing', async () => {
		const call = await newCall();
		const { clerk, approver, caseId, sessionId } = call;
		const picture = newPng(64, 48);
		await upload(clerk.client, picture);
		const order = orderOf(call, picture);
		const [first, second] = await Promise.all([
			ask(clerk.socket, 'still:store', order),
			ask(clerk.socket, 'still:store', order),
		]);
		expect(second.events).toEqual(first.events);
		const stills = await listOf(approver.client, caseId);
		expect(stills).toMatchObject([
			{
				stillId: order.commandId,
				materialNo: 2,
				sha256: sha256(picture),
				size: picture.length,
				kind: 'image/png',
				sessionId,
				askedBy: approver.staffId,
				struck: null,
			},
		]);
		const taken = (await eventsOf(clerk.client, caseId)).filter(({ type }) => type === 'still.taken');
		expect(taken).toHaveLength(1);
	});

	it('V5 X3 who opens a still is in the audit log before its address is given; a link is worth nothing to anybody else', async () => {
		const call = await newCall();
		const { hub, approver, caseId } = call;
		const picture = newPng(64, 48);
		const stillId = await store(call, picture);
		const thing = { referrer: `still:${caseId}_${stillId}` };
		const path = `/blobs/${sha256(picture)}/grants`;
		const { url } = blobGrantAnswer.parse(await approver.client.post(path, thing));
		const supervisor = await hub.signIn('supervisor', HANGZHOU);
		const read = timelinePage.parse(await supervisor.get(`/cases/${caseId}/audit`));
		expect(read.events).toMatchObject([
			{ type: 'audit.opened', actor: { staffId: approver.staffId }, data: { thing: `still:${stillId}` } },
		]);
		expect((await approver.client.refused('GET', `/cases/${caseId}/audit`)).code).toBe('AUTH-2008');

		const bytes = await fetch(`${hub.url}${url}`);
		expect(Buffer.from(await bytes.arrayBuffer()).equals(picture)).toBe(true);
		// The grant is bound to the sign-in, not to whoever holds the address.
		await approver.client.post('/auth/sign-out');
		expect((await fetch(`${hub.url}${url}`)).status).toBe(401);

		const stranger = await hub.signIn('approver', '340100');
		expect((await stranger.refused('POST', path, thing)).code).toBe('AUTH-2008');
		const foreign = { referrer: `still:${await openCase(call.clerk.client)}_${stillId}` };
		expect((await call.clerk.client.refused('POST', path, foreign)).code).toBe('AUTH-2008');
	});

	it('V5 refuses by name what is no still: no bytes, no picture, another size, a bomb, a foreign material or session', async () => {
		const call = await newCall();
		const { clerk, caseId, hub } = call;
		const code = async (picture: Buffer, more: object = {}, by = clerk) => {
			const attempt = ask(by.socket, 'still:store', orderOf(call, picture, more));
			return attempt.then(
				() => 'taken',
				(error: unknown) => (error as { code?: string }).code,
			);
		};
		const picture = newPng(64, 48);
		expect(await code(picture)).toBe('BLOB-4510');
		await upload(clerk.client, picture);
		// Knowing the name of somebody else's bytes is not having them.
		const foreign = newPng(64, 48);
		await upload(call.approver.client, foreign);
		expect(await code(foreign)).toBe('BLOB-4510');
		const pdf = newPdf(2_000);
		await upload(clerk.client, pdf);
		expect(await code(pdf)).toBe('STILL-4602');
		const torn = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(500, 7)]);
		await upload(clerk.client, torn);
		expect(await code(torn)).toBe('STILL-4602');
		expect(await code(picture, { width: 65 })).toBe('STILL-4602');
		const bomb = newBomb(19_000, 19_000);
		await upload(clerk.client, bomb);
		expect(await code(bomb, { width: 19_000, height: 19_000 })).toBe('STILL-4603');
		expect(await code(picture, { materialNo: 40 })).toBe('STILL-4607');
		expect(await code(picture, { sessionId: randomUUID() })).toBe('CALL-5001');
		const other = await openCase(clerk.client);
		expect(await code(picture, { caseId: other })).toBe('CALL-5001');
		expect(await code(picture, { width: 0 })).toBe('REQ-1001');
		expect(await listOf(clerk.client, caseId)).toEqual([]);
		const clerks = await hub.signIn('clerk', SONGJIANG);
		const socket = await clerks.socket();
		try {
			// Of the right counter, but not in this call.
			expect(await code(picture, {}, { ...clerk, socket })).toBe('AUTH-2008');
		} finally {
			socket.close();
		}
	});

	it('V5 X3 a small picture in which something could be read is refused: nobody notes who opens it', async () => {
		const call = await newCall();
		const { clerk, caseId } = call;
		const withThumbnail = async (thumbnail: Buffer) => {
			await upload(clerk.client, thumbnail);
			return store(call, newPng(64, 48), { thumbnailSha256: sha256(thumbnail) });
		};
		const stillId = await withThumbnail(newPng(THUMBNAIL_SIDE_MAX, THUMBNAIL_SIDE_MAX));
		for (const [width, height] of [
			[THUMBNAIL_SIDE_MAX + 1, 10],
			[10, THUMBNAIL_SIDE_MAX + 1],
		] as const) {
			await expect(withThumbnail(newPng(width, height))).rejects.toMatchObject({ code: 'STILL-4603' });
		}
		expect(await listOf(clerk.client, caseId)).toMatchObject([{ stillId }]);
	});

	it('V5 a supervisor strikes a still out with a reason; it stays, and nobody else may', async () => {
		const call = await newCall();
		const { hub, clerk, approver, caseId } = call;
		const stillId = await store(call);
		const path = `/cases/${caseId}/stills/${stillId}/strike`;
		const body = () => ({ commandId: randomUUID(), reason: '拍到了无关人员' });
		for (const { client } of [clerk, approver]) {
			expect((await client.refused('POST', path, body())).code).toBe('AUTH-2008');
		}
		const foreign = await hub.signIn('supervisor', '340100');
		expect((await foreign.refused('POST', path, body())).code).toBe('AUTH-2008');
		const supervisor = await hub.signIn('supervisor', HANGZHOU);
		const numbered = { ...body(), reason: '照片里有 138 0013 8000' };
		expect((await supervisor.refused('POST', path, numbered)).code).toBe('FORM-1105');
		await supervisor.post(path, body());
		expect((await supervisor.refused('POST', path, body())).code).toBe('STILL-4606');
		expect(await listOf(clerk.client, caseId)).toMatchObject([
			{ stillId, struck: { reason: '拍到了无关人员' } },
		]);
	});

	it('V5 an upload that ends just after the call still counts; long after it does not', async () => {
		let ahead = 0;
		const call = await newCall({ now: () => Date.now() + ahead });
		const { clerk, caseId, sessionId } = call;
		await ask(clerk.socket, 'session:hangUp', { commandId: randomUUID(), sessionId });
		ahead = 60_000;
		await store(call);
		expect(await listOf(clerk.client, caseId)).toHaveLength(1);
		ahead = 3_600_000;
		await clerk.client.refresh();
		const socket = await clerk.client.socket();
		onTestFinished(() => {
			socket.close();
		});
		const late = newPng(64, 48);
		await upload(clerk.client, late);
		await expect(ask(socket, 'still:store', orderOf(call, late))).rejects.toMatchObject({
			code: 'CALL-5003',
		});
	});
});
