import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
	signaturesOfStaff,
	UNDERTAKING_LIMITS,
	undertakings,
} from '@counter-hub/shared/undertakings/undertakings.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { plantUndertaking } from '@counter-hub/hub-server/seed/plantUndertaking.ts';
import { newHub } from '../platform/newHub.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { publish, publishBody, publisherOf, sign, signBody } from './undertaking.ts';

async function newOffice() {
	const hub = await newHub();
	const admin = await publisherOf(hub);
	const clerk = await hub.signIn('clerk', '310117', { displayName: '陈静' });
	const { staff } = await clerk.me();
	return { hub, admin, clerk, staffId: staff.id };
}
const pdfOf = async (client: TestClient, staffId: string, version: number) => {
	const response = await fetch(`${client.url}/api/v1/staff/${staffId}/undertakings/${version}/pdf`, {
		headers: { authorization: `Bearer ${client.token}` },
	});
	return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
};

test('S4.3 a version is published, then the next; none ever changes, and each can be read', async () => {
	const { admin, clerk } = await newOffice();
	expect(undertakings.parse(await clerk.get('/undertakings'))).toEqual({ current: null, versions: [] });
	await publish(admin, 1);
	const { current, versions } = await publish(admin, 2);
	expect(current).toMatchObject({ version: 2, publishedBy: '高翔' });
	expect(versions.map(({ version }) => version)).toEqual([2, 1]);
	expect(await clerk.get('/undertakings/1')).toMatchObject({
		version: 1,
		body: expect.stringContaining('第 1 版') as string,
	});
	for (const version of [3, UNDERTAKING_LIMITS.versions])
		expect(await clerk.refused('GET', `/undertakings/${version}`)).toMatchObject({ code: 'UND-5401' });
	for (const version of [0, 101, 'x'])
		expect(await clerk.refused('GET', `/undertakings/${version}`)).toMatchObject({ code: 'REQ-1001' });
});

test('X2 H-7 Q-3 whoever administers all cities publishes, once; of two at once the later one is told', async () => {
	const { hub, admin, clerk } = await newOffice();
	for (const who of [
		clerk,
		await hub.signIn('administrator', '310117'),
		await hub.signIn('supervisor', '310117'),
	])
		expect(await who.refused('POST', '/undertakings', publishBody(1))).toMatchObject({ status: 403 });
	const body = publishBody(1);
	const answers = await Promise.all([1, 2, 3].map(() => admin.post('/undertakings', body)));
	expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
	const other = await publisherOf(hub);
	const both = await Promise.all(
		[admin, other].map((who) => who.send('POST', '/undertakings', publishBody(2))),
	);
	expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
	expect(both.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'ORG-3004' });
	for (const version of [2, 4])
		expect(await other.refused('POST', '/undertakings', publishBody(version))).toMatchObject({
			code: 'ORG-3004',
		});
	for (const [more, code] of [
		[{ title: '' }, 'REQ-1001'],
		[{ body: '太短' }, 'REQ-1001'],
		[{ body: '长'.repeat(UNDERTAKING_LIMITS.bodyLength + 1) }, 'REQ-1001'],
		[{ body: `${'有事请打电话 '.repeat(4)}13800138000` }, 'FORM-1105'],
		[{ more: 1 }, 'REQ-1001'],
	] as const)
		expect(await admin.refused('POST', '/undertakings', publishBody(3, more))).toMatchObject({ code });
	expect(undertakings.parse(await clerk.get('/undertakings')).versions).toHaveLength(2);
});

test('S4.3 Q-3 clerks and approvers sign the version in force with their own names; a newer one asks for it anew', async () => {
	const { hub, admin, clerk, staffId } = await newOffice();
	const path = (version: number) => `/undertakings/${version}/signature`;
	expect(await clerk.refused('POST', path(1), signBody('陈静'))).toMatchObject({ code: 'UND-5401' });
	await publish(admin, 1);
	expect(await clerk.refused('POST', path(1), signBody('陈晶'))).toMatchObject({
		status: 422,
		code: 'UND-5403',
	});
	const body = signBody(' 陈静 ');
	const answers = await Promise.all([1, 2, 3].map(() => clerk.post(path(1), body)));
	expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
	// Signing what is signed already is no second signature.
	await sign(clerk, 1);
	await publish(admin, 2);
	expect(await clerk.refused('POST', path(1), signBody('陈静'))).toMatchObject({
		status: 409,
		code: 'UND-5402',
		params: { version: 2 },
	});
	const { signed } = await sign(clerk, 2);
	expect(signed.map(({ version }) => version)).toEqual([2, 1]);
	const { events } = await timeline(hub.context).page(`staff:${staffId}`, { limit: 50 });
	expect(events.map(({ type, data }) => [type, data])).toEqual([
		['undertaking.signed', { version: 1 }],
		['undertaking.signed', { version: 2 }],
	]);
	for (const role of ['supervisor', 'administrator'] as const) {
		const who = await hub.signIn(role, '310117', { displayName: '某某' });
		expect(await who.refused('POST', path(2), signBody('某某'))).toMatchObject({ status: 403 });
	}
	await sign(await hub.signIn('approver', '330100'), 2);
});

test('X2 who has signed what is for the person and those who look after him, on the screen and on paper', async () => {
	const { hub, admin, clerk, staffId } = await newOffice();
	await publish(admin, 1);
	await publish(admin, 2);
	await sign(clerk, 2);
	const path = `/staff/${staffId}/undertakings`;
	for (const [role, city, status] of [
		['supervisor', '310117', 200],
		['administrator', '310117', 200],
		['administrator', '330100', 403],
		['supervisor', '330100', 403],
		['clerk', '310117', 403],
	] as const) {
		const who = await hub.signIn(role, city);
		expect((await who.send('GET', path)).status, `${role} ${city}`).toBe(status);
		expect((await pdfOf(who, staffId, 2)).status, `${role} ${city}`).toBe(status);
	}
	expect(signaturesOfStaff.parse(await clerk.get(path)).signed).toMatchObject([
		{ version: 2, title: '专窗工作人员保密承诺书' },
	]);
	const { status, bytes } = await pdfOf(clerk, staffId, 2);
	expect([status, bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
	for (const [of, version, code] of [
		[staffId, 1, 'UND-5404'],
		[staffId, 3, 'UND-5401'],
		[randomUUID(), 2, 'REQ-1004'],
	] as const)
		expect(await admin.refused('GET', `/staff/${of}/undertakings/${version}/pdf`)).toMatchObject({ code });
});

test('S4.3 the first version comes with the system, once, and never in place of another', async () => {
	const { hub, admin, clerk } = await newOffice();
	await plantUndertaking(hub.context);
	await plantUndertaking(hub.context);
	const { current, versions } = undertakings.parse(await clerk.get('/undertakings'));
	expect(current).toMatchObject({ version: 1, title: '专窗工作人员保密承诺书', publishedBy: null });
	expect(current?.body).toContain('商业秘密、技术秘密和个人隐私');
	expect(versions).toHaveLength(1);
	await publish(admin, 2);
	await plantUndertaking(hub.context);
	expect(undertakings.parse(await clerk.get('/undertakings')).versions).toHaveLength(2);

	const another = await newHub();
	const publisher = await publisherOf(another);
	await publish(publisher, 1);
	await plantUndertaking(another.context);
	expect(undertakings.parse(await publisher.get('/undertakings')).versions).toMatchObject([
		{ version: 1, publishedBy: '高翔' },
	]);
});
