import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StaffView } from '@counter-hub/shared/people/people.ts';
import {
	FREE_FAILURES,
	FREE_FAILURES_PER_ADDRESS,
	PASSWORD_CHECKS_MAX,
	WAIT_S,
} from '@counter-hub/hub-server/features/auth/limits.ts';
import { hashPassword } from '@counter-hub/hub-server/features/auth/passwords.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { newHub, TEST_PASSWORD, type TestHub } from '../platform/newHub.ts';
import { TestClient } from '../platform/TestClient.ts';

// The counters read the clock of the process; its timers go on as they are.
beforeEach(() => {
	vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
	vi.useRealTimers();
});
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

const OWN = '10.1.1.1';
const ABROAD = '203.0.113.9';
/** A browser at that address; `cookies` makes it one that was there before. */
function browser(hub: TestHub, address: string, cookies = new Map<string, string>()): TestClient {
	const client = new TestClient(hub.url, cookies);
	client.headers['x-forwarded-for'] = address;
	return client;
}
async function codeOf(client: TestClient, name: string, password: string): Promise<string> {
	const { status, body } = await client.send('POST', '/auth/sign-in', { name, password });
	return status === 200 ? 'in' : (body as { code: string }).code;
}
async function guess(client: TestClient, name: string, times: number): Promise<string[]> {
	const codes: string[] = [];
	for (let i = 0; i < times; i++) codes.push(await codeOf(client, name, `wrong-${i}`));
	return codes;
}

test('X2 A6 wrong password and unknown name are told apart by nobody; after five failures one waits, longer each time', async () => {
	const hub = await newHub();
	const second = await newHub({ sharing: hub });
	const { name } = await hub.addStaff({ role: 'clerk', city: '310117' });
	for (const candidate of [name, 'nobody-0001']) {
		for (const wait of [1, 2, 4]) {
			const codes = await guess(browser(hub, ABROAD), candidate, FREE_FAILURES);
			expect(codes).toEqual(Array.from({ length: FREE_FAILURES }, () => 'AUTH-2001'));
			// The right password waits too, and the other hub knows.
			const body = { name: candidate, password: TEST_PASSWORD };
			const refused = await browser(second, '203.0.113.77').refused('POST', '/auth/sign-in', body);
			expect(refused).toMatchObject({ status: 423, code: 'AUTH-2002', params: { minutes: wait } });
			later(wait * 60 + 1);
		}
	}
	expect(await codeOf(browser(second, ABROAD), name, TEST_PASSWORD)).toBe('in');
});

test('A6 no wait is longer than an hour', async () => {
	const hub = await newHub();
	const { name } = await hub.addStaff({ role: 'clerk', city: '310117' });
	for (let round = 0; round < 8; round++) {
		await guess(browser(hub, ABROAD), name, FREE_FAILURES);
		later(WAIT_S.most + 1);
	}
	expect(await codeOf(browser(hub, ABROAD), name, TEST_PASSWORD)).toBe('in');
});

test('X2 A6 twenty attempts at once do not get past the limit', async () => {
	const hub = await newHub();
	const { name } = await hub.addStaff({ role: 'clerk', city: '310117' });
	const codes = await Promise.all(
		Array.from({ length: 20 }, () => codeOf(browser(hub, ABROAD), name, 'wrong')),
	);
	expect(codes.filter((code) => code === 'AUTH-2001')).toHaveLength(FREE_FAILURES);
	expect(codes.filter((code) => code === 'AUTH-2002')).toHaveLength(20 - FREE_FAILURES);
});

test('A6 strangers who guess at a clerk’s name keep neither her PC out nor her counter’s address', async () => {
	const hub = await newHub();
	const { name } = await hub.addStaff({ role: 'clerk', city: '310117' });
	const cookies = new Map<string, string>();
	expect(await codeOf(browser(hub, OWN, cookies), name, TEST_PASSWORD)).toBe('in');
	for (const address of [ABROAD, '203.0.113.10', '203.0.113.11']) await guess(browser(hub, address), name, 6);
	expect(await codeOf(browser(hub, ABROAD), name, TEST_PASSWORD)).toBe('AUTH-2002');

	expect(await codeOf(browser(hub, '10.9.9.9', cookies), name, TEST_PASSWORD), 'her PC elsewhere').toBe('in');
	expect(await codeOf(browser(hub, OWN), name, TEST_PASSWORD), 'another browser at her address').toBe('in');
	// A stranger beside her uses up what the address has; her PC goes on.
	await guess(browser(hub, OWN), name, 6);
	expect(await codeOf(browser(hub, OWN), name, TEST_PASSWORD)).toBe('AUTH-2002');
	expect(await codeOf(browser(hub, OWN, cookies), name, TEST_PASSWORD)).toBe('in');
});

test('A6 a device is known to the name that it signed in under, and to no other; an invented mark is none', async () => {
	const hub = await newHub();
	const [own, other] = [
		await hub.addStaff({ role: 'clerk', city: '310117' }),
		await hub.addStaff({ role: 'clerk', city: '310117' }),
	];
	const cookies = new Map<string, string>();
	await codeOf(browser(hub, OWN, cookies), own.name, TEST_PASSWORD);
	await guess(browser(hub, ABROAD), other.name, 6);
	expect(await codeOf(browser(hub, '10.7.7.7', cookies), other.name, TEST_PASSWORD)).toBe('AUTH-2002');

	await guess(browser(hub, ABROAD), own.name, 6);
	const [mark] = [...cookies.keys()].filter((key) => key.startsWith('ch_d_'));
	const forged = new Map([[mark ?? '', `invented.${'A'.repeat(32)}`]]);
	expect(await codeOf(browser(hub, '10.7.7.7', forged), own.name, TEST_PASSWORD)).toBe('AUTH-2002');
	// A known device that guesses waits like everybody else.
	await guess(browser(hub, '10.7.7.8', cookies), own.name, 5);
	expect(await codeOf(browser(hub, '10.7.7.8', cookies), own.name, TEST_PASSWORD)).toBe('AUTH-2002');
});

test('A6 one address that tries many names is slowed down for all of them', async () => {
	const hub = await newHub();
	const { name } = await hub.addStaff({ role: 'clerk', city: '310117' });
	const staff = await Promise.all(
		Array.from({ length: FREE_FAILURES_PER_ADDRESS }, () => hub.addStaff({ role: 'clerk', city: '310117' })),
	);
	await Promise.all(staff.map((one) => codeOf(browser(hub, ABROAD), one.name, 'Spring2026!')));
	expect(await codeOf(browser(hub, ABROAD), name, TEST_PASSWORD)).toBe('AUTH-2002');
	expect(await codeOf(browser(hub, '203.0.113.50'), name, TEST_PASSWORD)).toBe('in');
});

test('A6 an administrator sees who is being guessed at, from where, and lifts the waiting; both stand on the timeline', async () => {
	const hub = await newHub();
	const admin = await hub.signIn('administrator', '310117');
	const { id, name } = await hub.addStaff({ role: 'clerk', city: '310117' });
	await guess(browser(hub, ABROAD), name, 6);
	const seen = async () => {
		const { staff } = (await admin.get(`/staff?text=${name}`)) as { staff: StaffView[] };
		return staff[0]?.failures;
	};
	expect(await seen()).toMatchObject({
		count: 5,
		lastAddress: ABROAD,
		slowedUntil: expect.any(String) as string,
	});
	const stranger = await hub.signIn('administrator', '330100');
	expect(await stranger.refused('DELETE', `/staff/${id}/failures`)).toMatchObject({ code: 'AUTH-2008' });
	expect(await admin.delete(`/staff/${id}/failures`)).toMatchObject({ id, failures: null });
	expect(await seen()).toBeNull();
	expect(await codeOf(browser(hub, '203.0.113.99'), name, TEST_PASSWORD)).toBe('in');
	const { events } = await timeline(hub.context).page(`staff:${id}`, { limit: 50 });
	expect(events.map(({ type }) => type)).toEqual(['staff.guessingSlowed', 'staff.slowingLifted']);
});

test('F15 a password that was pasted with a blank, a line end or something unseen at its ends signs in', async () => {
	const hub = await newHub();
	const { name, password } = await hub.addStaff({
		role: 'clerk',
		city: '310117',
		password: 'abcd-efgh-jkmn',
	});
	for (const pasted of [
		`${password} `,
		`${password}\n`,
		`\t${password}\r\n`,
		`${password}\u200B`,
		`\u3000${password}`,
	]) {
		expect(await codeOf(browser(hub, ABROAD), name, pasted), JSON.stringify(pasted)).toBe('in');
	}
	// What belongs to a password stays a part of it.
	const spaced = await hub.addStaff({ role: 'clerk', city: '310117', password: ' a password with ends ' });
	expect(await codeOf(browser(hub, ABROAD), spaced.name, ' a password with ends ')).toBe('in');
	expect(await codeOf(browser(hub, ABROAD), spaced.name, 'a password with ends')).toBe('AUTH-2001');
});

test('A6 an attempt that could not be looked at, as too many passwords were being checked, does not count', async () => {
	const hub = await newHub();
	const { name } = await hub.addStaff({ role: 'clerk', city: '310117' });
	let isOver = false;
	const crowd = Array.from({ length: PASSWORD_CHECKS_MAX }, async () => {
		while (!isOver) await hashPassword('of somebody else', { memory: 4_096, passes: 1, parallelism: 1 });
	});
	const client = browser(hub, ABROAD);
	for (let i = 0; i < FREE_FAILURES; i++) {
		expect(await codeOf(client, name, TEST_PASSWORD)).toBe('REQ-1008');
	}
	isOver = true;
	await Promise.all(crowd);
	expect(await codeOf(client, name, TEST_PASSWORD)).toBe('in');
});
