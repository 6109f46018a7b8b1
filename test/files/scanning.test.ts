import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { scanning } from '@counter-hub/shared/files/scanning.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { newPdf, refusal, upload } from '../blobs/uploading.ts';
import { openCase } from '../cases/caseFixtures.ts';
import { newHub } from '../platform/newHub.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { HANGZHOU, next, SONGJIANG } from '../sessions/newCounters.ts';
import { newScanner } from './newScanner.ts';
import { filesOf, share } from './sharing.ts';

async function newScannedHub() {
	const scanner = await newScanner();
	const hub = await newHub({ config: { blobScanUrl: scanner.url } });
	const clerk = await hub.signIn('clerk', SONGJIANG);
	const administrator = await hub.signIn('administrator', SONGJIANG, { displayName: '管理员甲' });
	return { scanner, hub, clerk, administrator, caseId: (await openCase(clerk)).id };
}

const decide = (client: TestClient, waived: boolean, more: object = {}) =>
	client.send('POST', `/scanning/${SONGJIANG}`, {
		commandId: randomUUID(),
		waived,
		reason: waived ? '查毒服务器检修，今天办件不停' : '查毒服务已恢复',
		...more,
	});

test('B-7 a scanner that is away refuses files by name until it is back, unless the city’s administrator decides otherwise', async () => {
	const { scanner, hub, clerk, administrator, caseId } = await newScannedHub();
	await share(clerk, caseId, newPdf(2_000), { name: '查过.pdf' });
	scanner.goAway();
	const bytes = newPdf(3_000);
	expect(await refusal(upload(clerk, bytes))).toMatchObject({ status: 503, code: 'BLOB-4508' });
	expect(scanning.parse(await clerk.get('/scanning'))).toEqual({ hasScanner: true, waivers: [] });

	const page = await clerk.socket();
	onTestFinished(() => void page.close());
	const told = next(page, 'scanning:changed');
	expect((await decide(administrator, true)).status).toBe(200);
	expect(await told).toMatchObject({
		hasScanner: true,
		waivers: [{ cityCode: SONGJIANG, reason: '查毒服务器检修，今天办件不停', by: '管理员甲' }],
	});
	await share(clerk, caseId, bytes, { name: '没查.pdf' });
	expect((await filesOf(clerk, caseId)).map(({ name, scan }) => [name, scan])).toEqual([
		['查过.pdf', 'clean'],
		['没查.pdf', 'waived'],
	]);
	// It holds for the people of that city alone, and at every hub.
	const approver = await hub.signIn('approver', HANGZHOU);
	expect(await refusal(upload(approver, newPdf(1_000)))).toMatchObject({ code: 'BLOB-4508' });
	const other = await newHub({ sharing: hub, config: { blobScanUrl: scanner.url } });
	await upload(clerk, newPdf(1_000), { url: other.url });

	await scanner.start();
	const infected = Buffer.concat([newPdf(1_000), Buffer.from('EICAR')]);
	expect(await refusal(upload(clerk, infected))).toMatchObject({ status: 422, code: 'BLOB-4507' });
	// The same bytes, seen now, are known to be clean for whoever shares them from here on.
	await share(clerk, caseId, bytes, { name: '补查.pdf' });
	expect((await filesOf(clerk, caseId)).at(-1)).toMatchObject({ name: '补查.pdf', scan: 'clean' });
	expect((await decide(administrator, false)).status).toBe(200);
	scanner.goAway();
	expect(await refusal(upload(clerk, newPdf(1_000)))).toMatchObject({ code: 'BLOB-4508' });
});

test('X2 X3 only an administrator of the city decides; each decision stands on its timeline once, with the reason', async () => {
	const { hub, clerk, administrator } = await newScannedHub();
	for (const who of [
		clerk,
		await hub.signIn('supervisor', SONGJIANG),
		await hub.signIn('administrator', HANGZHOU),
	])
		expect((await decide(who, true)).status).toBe(403);
	const commandId = randomUUID();
	const statuses = await Promise.all(
		[1, 2, 3].map(async () => (await decide(administrator, true, { commandId })).status),
	);
	expect(statuses).toEqual([200, 200, 200]);
	expect((await decide(administrator, true)).status).toBe(200);
	expect(await decide(administrator, false, { commandId })).toMatchObject({ body: { code: 'REQ-1009' } });
	for (const [more, code] of [
		[{ reason: '' }, 'REQ-1001'],
		[{ reason: '已电话 138-0013-8000 说明' }, 'FORM-1105'],
		[{ waived: 'yes' }, 'REQ-1001'],
	] as const)
		expect(await decide(administrator, true, more)).toMatchObject({ body: { code } });
	expect((await administrator.send('POST', '/scanning/110000', {})).status).toBe(422);
	await decide(administrator, false);
	const { events } = await timeline(hub.context).page(`city:${SONGJIANG}`, { limit: 50 });
	const decided = events.filter(({ type }) => type.startsWith('scan.'));
	expect(decided.map(({ type, data }) => [type, data])).toEqual([
		['scan.waived', { reason: '查毒服务器检修，今天办件不停' }],
		['scan.required', { reason: '查毒服务已恢复' }],
	]);
});

test('B-7 without a scanner that is said, and files are marked as not scanned', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', SONGJIANG);
	expect(scanning.parse(await clerk.get('/scanning'))).toEqual({ hasScanner: false, waivers: [] });
	expect((await hub.client().send('GET', '/scanning')).status).toBe(401);
});
