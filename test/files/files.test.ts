import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { FILE_LIMITS } from '@counter-hub/shared/files/fileLimits.ts';
import { timelinePage } from '@counter-hub/shared/timeline/eventView.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { newPdf, refusal, sha256, upload } from '../blobs/uploading.ts';
import { openCase } from '../cases/caseFixtures.ts';
import { newHub, type NewHubOptions } from '../platform/newHub.ts';
import { ODD_NUMBERS } from '../platform/oddNumbers.ts';
import { eventsOf, HANGZHOU, SONGJIANG } from '../sessions/newCounters.ts';
import { newCall } from '../sessions/newCall.ts';
import { askFor, filesOf, open, share, shareBody } from './sharing.ts';

async function newCase(options: NewHubOptions = {}) {
	const hub = await newHub(options);
	const clerk = await hub.signIn('clerk', SONGJIANG, { displayName: '陈静' });
	const approver = await hub.signIn('approver', HANGZHOU, { displayName: '许文' });
	const { id } = await openCase(clerk);
	return { hub, clerk, approver, caseId: id, path: `/cases/${id}/files` };
}

test('V9 files go both ways in a call, are about it, and are opened by either side with the same bytes', async () => {
	const { hub, clerk, approver, caseId, sessionId } = await newCall();
	const [one, two] = [
		newPdf(300_000),
		Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(9_000)]),
	];
	const first = await share(clerk.client, caseId, one, { name: '股东会决议.pdf', materialNo: 2 });
	const second = await share(approver.client, caseId, two, { name: '样表.png' });
	expect(await filesOf(approver.client, caseId)).toMatchObject([
		{
			fileId: first,
			name: '股东会决议.pdf',
			size: 300_000,
			kind: 'application/pdf',
			materialNo: 2,
			sessionId,
		},
		{ fileId: second, name: '样表.png', kind: 'image/png', scan: 'none', withdrawn: null },
	]);
	for (const [client, file, bytes] of [
		[approver.client, first, one],
		[clerk.client, first, one],
		[clerk.client, second, two],
	] as const) {
		const { response } = await open(client, caseId, file, bytes);
		expect(sha256(Buffer.from(await response.arrayBuffer()))).toBe(sha256(bytes));
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
	}
	const shared = (await eventsOf(clerk.client, caseId)).filter(({ type }) => type === 'file.shared');
	expect(shared.map(({ about }) => about)).toEqual([{ sessionId }, { sessionId }]);
	// A colleague at the same counter is in no call.
	const colleague = await hub.signIn('clerk', SONGJIANG);
	await share(colleague, caseId, newPdf(1_000));
	expect((await filesOf(clerk.client, caseId)).at(-1)).toMatchObject({ sessionId: null });
});

test('X2 X3 whoever works on the case shares; whoever reads it opens; each opening is on record, and a grant is nobody else’s', async () => {
	const { hub, clerk, approver, caseId, path } = await newCase();
	const bytes = newPdf(2_000);
	const fileId = await share(clerk, caseId, bytes);
	for (const [role, city, shares, opens] of [
		['clerk', SONGJIANG, 201, 201],
		['approver', HANGZHOU, 201, 201],
		['clerk', '320500', 403, 403],
		['supervisor', HANGZHOU, 403, 201],
		['supervisor', '340100', 403, 403],
		['administrator', SONGJIANG, 403, 403],
	] as const) {
		const who = await hub.signIn(role, city);
		const own = newPdf(1_000);
		await upload(who, own);
		expect((await who.send('POST', path, shareBody(own))).status, `${role} ${city}`).toBe(shares);
		expect((await askFor(who, caseId, fileId, bytes)).status, `${role} ${city}`).toBe(opens);
	}
	const { url } = await open(approver, caseId, fileId, bytes);
	const supervisor = await hub.signIn('supervisor', SONGJIANG);
	const { events } = timelinePage.parse(await supervisor.get(`/cases/${caseId}/audit`));
	expect(events.map(({ type, data }) => [type, data['thing']])).toEqual(
		Array.from({ length: 4 }, () => ['audit.opened', `file:${fileId}`]),
	);
	expect(events.at(-1)).toMatchObject({ actorName: '许文' });
	await approver.post('/auth/sign-out');
	expect((await fetch(url)).status).toBe(401);
});

test('X2 the name of somebody’s bytes is not the bytes: only who uploaded them shares them', async () => {
	const { hub, clerk, approver, caseId, path } = await newCase();
	const bytes = newPdf(2_000);
	const fileId = await share(clerk, caseId, bytes);
	expect(await approver.refused('POST', path, shareBody(bytes))).toMatchObject({
		status: 404,
		code: 'BLOB-4510',
	});
	const thief = await hub.signIn('clerk', '320500');
	const { id: ownCase } = await openCase(thief);
	expect(await thief.refused('POST', `/cases/${ownCase}/files`, shareBody(bytes))).toMatchObject({
		code: 'BLOB-4510',
	});
	expect((await askFor(thief, ownCase, fileId, bytes)).status).toBe(403);
	for (const referrer of [
		`file:${fileId}`,
		`file:${caseId}_${randomUUID()}`,
		'file:x_y',
		`file:${caseId}_${fileId}_1`,
	])
		expect((await clerk.send('POST', `/blobs/${sha256(bytes)}/grants`, { referrer })).status, referrer).toBe(
			403,
		);
	expect(await clerk.refused('POST', path, shareBody(newPdf(100)))).toMatchObject({ code: 'BLOB-4510' });
	// Both have it: it is kept once, and each one's file is his own.
	await upload(approver, bytes);
	await approver.post(path, shareBody(bytes, { name: '同一份.pdf' }));
	expect(await filesOf(clerk, caseId)).toHaveLength(2);
});

test('V9 who shared a file takes it back: it is marked, nothing is deleted, and counters do not get it any more', async () => {
	const { hub, clerk, approver, caseId, path } = await newCase();
	const bytes = newPdf(2_000);
	const fileId = await share(clerk, caseId, bytes);
	const { url } = await open(approver, caseId, fileId, bytes);
	const body = { commandId: randomUUID(), reason: '发错了企业的文件' };
	const at = `${path}/${fileId}/withdraw`;
	expect(await approver.refused('POST', at, body)).toMatchObject({ status: 403 });
	const colleague = await hub.signIn('clerk', SONGJIANG);
	const answers = await Promise.all([1, 2, 3].map(() => colleague.post(at, body)));
	expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
	expect(await clerk.refused('POST', at, { ...body, commandId: randomUUID() })).toMatchObject({
		status: 409,
		code: 'FILE-4705',
	});
	expect(await filesOf(approver, caseId)).toMatchObject([{ withdrawn: { reason: '发错了企业的文件' } }]);
	expect((await fetch(url)).status).toBe(403);
	expect((await askFor(clerk, caseId, fileId, bytes)).status).toBe(403);
	const supervisor = await hub.signIn('supervisor', HANGZHOU);
	expect((await open(supervisor, caseId, fileId, bytes)).response.status).toBe(200);
	for (const [more, code] of [
		[{ reason: '' }, 'REQ-1001'],
		[{ reason: '打 138 0013 8000 说过' }, 'FORM-1105'],
	] as const)
		expect(await clerk.refused('POST', at, { ...body, ...more })).toMatchObject({ code });
	const other = `${path}/${randomUUID()}/withdraw`;
	expect(await clerk.refused('POST', other, { ...body, commandId: randomUUID() })).toMatchObject({
		code: 'FILE-4704',
	});
});

test('B-3 F10 a kind that is not shared, one too large, a bad name, a material of another item: refused by name', async () => {
	const { clerk, caseId, path } = await newCase();
	const video = Buffer.concat([Buffer.from('\x1a\x45\xdf\xa3', 'latin1'), randomBytes(3_000)]);
	const large = newPdf(FILE_LIMITS.bytes + 1);
	for (const bytes of [video, large]) await upload(clerk, bytes);
	expect(await clerk.refused('POST', path, shareBody(video))).toMatchObject({
		status: 415,
		code: 'FILE-4701',
	});
	expect(await clerk.refused('POST', path, shareBody(large))).toMatchObject({
		status: 413,
		code: 'FILE-4702',
		params: { mostMb: 50 },
	});
	const office = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), randomBytes(3_000)]);
	expect(await refusal(upload(clerk, office))).toMatchObject({ code: 'BLOB-4506' });
	expect(await refusal(upload(clerk, newPdf(3_000), { hash: 'a'.repeat(64) }))).toMatchObject({
		code: 'BLOB-4505',
	});
	const bytes = newPdf(1_000);
	await upload(clerk, bytes);
	for (const number of ODD_NUMBERS.filter((one) => !one.includes('/')))
		expect(
			await clerk.refused('POST', path, shareBody(bytes, { name: `${number}.pdf` })),
			number,
		).toMatchObject({
			status: 422,
			code: 'FORM-1105',
		});
	for (const more of [
		{ name: '' },
		{ name: '\u202e/' },
		{ name: '长'.repeat(121) },
		{ sha256: 'A'.repeat(64) },
		{ materialNo: 0 },
		{ materialNo: 1.5 },
		{ kind: 'text/html' },
		{ commandId: 'x' },
	])
		expect(await clerk.refused('POST', path, shareBody(bytes, more)), JSON.stringify(more)).toMatchObject({
			code: 'REQ-1001',
		});
	expect(await clerk.refused('POST', path, shareBody(bytes, { materialNo: 60 }))).toMatchObject({
		code: 'FILE-4706',
	});
	expect(await filesOf(clerk, caseId)).toEqual([]);
	await clerk.post(path, shareBody(bytes, { name: '..\\决议\u202efdp.pdf' }));
	expect(await filesOf(clerk, caseId)).toMatchObject([{ name: '决议fdp.pdf' }]);
});

test('H-7 sharing again and again shares once; the id cannot be used for something else', async () => {
	const { clerk, caseId, path } = await newCase();
	const bytes = newPdf(1_000);
	await upload(clerk, bytes);
	const body = shareBody(bytes);
	const answers = await Promise.all([1, 2, 3, 4].map(() => clerk.post(path, body)));
	expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
	expect(await clerk.refused('POST', path, { ...body, name: '别的.pdf' })).toMatchObject({
		code: 'REQ-1009',
	});
	expect(await filesOf(clerk, caseId)).toHaveLength(1);
});

test('B-2 an upload that is cut goes on, also at another hub, and its file is shared there', async () => {
	const { hub, clerk, approver, caseId } = await newCase();
	const other = await newHub({ sharing: hub });
	const bytes = newPdf(950_000);
	const begun = Promise.withResolvers<string>();
	void upload(clerk, bytes, {
		chunkSize: 100_000,
		onPiece: (sent, sending) => {
			if (sent < 300_000) return;
			void sending.abort();
			begun.resolve(sending.url ?? '');
		},
	});
	const uploadUrl = (await begun.promise).replace(hub.url, other.url);
	const sent: number[] = [];
	await upload(clerk, bytes, { uploadUrl, chunkSize: 100_000, onPiece: (end) => sent.push(end) });
	expect(sent[0]).toBeGreaterThan(300_000);
	const { status } = await clerk.send('POST', `${other.url}/api/v1/cases/${caseId}/files`, shareBody(bytes));
	expect(status).toBe(201);
	const [file] = await filesOf(approver, caseId);
	const { response } = await open(approver, caseId, file?.fileId ?? '', bytes);
	expect(sha256(Buffer.from(await response.arrayBuffer()))).toBe(sha256(bytes));
});

test('V9 a case takes so many files and no more, however many come at once', async () => {
	const { hub, clerk, caseId, path } = await newCase();
	const bytes = newPdf(1_000);
	await upload(clerk, bytes);
	const statuses = await Promise.all(
		Array.from({ length: FILE_LIMITS.perCase + 5 }, async (_, i) => {
			return (await clerk.send('POST', path, shareBody(bytes, { name: `${i}.pdf` }))).status;
		}),
	);
	expect(statuses.filter((status) => status === 201)).toHaveLength(FILE_LIMITS.perCase);
	expect(await clerk.refused('POST', path, shareBody(bytes))).toMatchObject({
		status: 409,
		code: 'FILE-4703',
		params: { most: FILE_LIMITS.perCase },
	});
	expect(await filesOf(clerk, caseId)).toHaveLength(FILE_LIMITS.perCase);
	await timeline(hub.context).flushProjections();
	expect(await filesOf(clerk, caseId)).toHaveLength(FILE_LIMITS.perCase);
});
