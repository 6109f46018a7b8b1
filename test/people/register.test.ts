import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import {
	oneTimePassword,
	staffPage,
	staffView,
	type CounterView,
	type WindowView,
} from '@counter-hub/shared/people/people.ts';
import { actBy, type PendingAct } from '@counter-hub/hub-server/features/people/registerActs.ts';
import { settleLeftActs } from '@counter-hub/hub-server/features/people/settleActs.ts';
import { staffModel } from '@counter-hub/hub-server/features/people/Staff.model.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { timelinePage } from '@counter-hub/shared/timeline/eventView.ts';
import { openCase } from '../cases/caseFixtures.ts';
import { newHub, TEST_PASSWORD, type TestHub } from '../platform/newHub.ts';

const ALL = ['310117', '330400', '330100'] as const;
const administratorOf = (hub: TestHub) => hub.signIn('administrator', '310117', { cities: [...ALL] });
const clerkBody = (name: string) => ({
	commandId: randomUUID(),
	name,
	displayName: '王小明',
	role: 'clerk',
	cities: ['310117'],
	counterId: seededCounterId('310117'),
});
const typesOf = async (hub: TestHub, subject: string) =>
	(await timeline(hub.context).page(subject, { limit: 50 })).events.map(({ type }) => type);

test('S4.1 an administrator registers a person, who signs in with the one-time password and chooses another', async () => {
	const hub = await newHub();
	const admin = await administratorOf(hub);
	const made = oneTimePassword.parse(await admin.post('/staff', clerkBody('310117-0901')));
	expect(made.staff).toMatchObject({ name: '310117-0901', mustChangePassword: true, version: 1 });
	expect(made.password).toMatch(/^\w{4}(-\w{4}){3}$/);
	expect(await admin.refused('POST', '/staff', clerkBody('310117-0901'))).toMatchObject({
		status: 409,
		code: 'ORG-3001',
	});

	const person = hub.client();
	expect((await person.signIn('310117-0901', made.password)).mustChangePassword).toBe(true);
	await person.post('/auth/password', { current: made.password, next: 'river Bank 42' });

	const reset = oneTimePassword.parse(await admin.post(`/staff/${made.staff.id}/password-reset`));
	expect(reset.password).not.toBe(made.password);
	expect(await person.refused('GET', '/me')).toMatchObject({ status: 401, code: 'AUTH-2004' });
	expect((await hub.client().signIn('310117-0901', reset.password)).mustChangePassword).toBe(true);
	expect(await typesOf(hub, `staff:${made.staff.id}`)).toEqual(['staff.created', 'staff.passwordReset']);
});

test('S4.1 a post must fit: a clerk needs a counter of the one city', async () => {
	const hub = await newHub();
	const admin = await administratorOf(hub);
	for (const wrong of [
		{ counterId: null },
		{ counterId: randomUUID() },
		{ counterId: seededCounterId('330100') },
		{ cities: ['310117', '330100'] },
	]) {
		const refused = await admin.refused('POST', '/staff', { ...clerkBody('310117-0902'), ...wrong });
		expect(refused).toMatchObject({ status: 422, code: 'ORG-3002' });
	}
	expect(await admin.refused('POST', '/staff', { ...clerkBody('x'), role: 'king' })).toMatchObject({
		code: 'REQ-1001',
	});
});

test('X2 disabling signs a person out at once and keeps the password useless', async () => {
	const hub = await newHub();
	const admin = await administratorOf(hub);
	const clerk = await hub.signIn('clerk', '310117');
	const socket = await clerk.socket();
	const { staff } = await clerk.me();
	const gone = new Promise((resolve) => socket.once('disconnect', resolve));
	const changed = staffView.parse(
		await admin.patch(`/staff/${staff.id}`, { version: staff.version, disabled: true }),
	);
	expect(changed).toMatchObject({ disabled: true, version: staff.version + 1 });
	await gone;
	expect(await clerk.refused('GET', '/me')).toMatchObject({ status: 403, code: 'AUTH-2005' });
	expect(
		await hub.client().refused('POST', '/auth/sign-in', { name: staff.name, password: TEST_PASSWORD }),
	).toMatchObject({ code: 'AUTH-2005' });
});

test('two administrators do not overwrite each other, and a new post counts at once', async () => {
	const hub = await newHub();
	const admin = await administratorOf(hub);
	const clerk = await hub.signIn('clerk', '310117');
	const { staff } = await clerk.me();
	const socket = await clerk.socket();
	const post = { role: 'approver', cities: ['330100'], counterId: seededCounterId('330100') };
	await admin.patch(`/staff/${staff.id}`, { version: staff.version, post });
	expect(
		await admin.refused('PATCH', `/staff/${staff.id}`, { version: staff.version, displayName: '另一位' }),
	).toMatchObject({ status: 409, code: 'ORG-3004' });
	expect((await clerk.me()).counter?.cityCode).toBe('330100');
	const live = hub.context.io.of('/hub').sockets.get(socket.id ?? '');
	await vi.waitFor(() => {
		expect(live?.rooms.has(`counter:${seededCounterId('330100')}`)).toBe(true);
		expect(live?.rooms.has(`counter:${seededCounterId('310117')}`)).toBe(false);
	}, 10_000);
	socket.close();
});

test('the last administrator of a city can be neither disabled nor given another post', async () => {
	const hub = await newHub();
	const admin = await administratorOf(hub);
	const { staff } = await admin.me();
	for (const change of [
		{ disabled: true },
		{ post: { role: 'supervisor', cities: ['310117'], counterId: null } },
		// Nobody would manage the other two.
		{ post: { role: 'administrator', cities: ['310117'], counterId: null } },
	]) {
		const { staff: now } = await admin.me();
		const refused = await admin.refused('PATCH', `/staff/${staff.id}`, { version: now.version, ...change });
		expect(refused).toMatchObject({ status: 409, code: 'ORG-3005' });
	}
	const { staff: after } = await admin.me();
	expect(after).toMatchObject({ role: 'administrator', disabled: false });
	expect(await typesOf(hub, `staff:${staff.id}`)).toEqual([]);

	const second = await hub.signIn('administrator', '310117', { cities: [...ALL] });
	await second.patch(`/staff/${staff.id}`, { version: after.version, disabled: true });
	expect(await admin.refused('GET', '/me')).toMatchObject({ status: 403 });
});

test('X2 rights: only administrators manage, and only inside their cities', async () => {
	const hub = await newHub();
	const local = await hub.signIn('administrator', '310117');
	const foreign = await hub.addStaff({ role: 'clerk', city: '330100' });
	for (const role of ['clerk', 'approver', 'supervisor'] as const) {
		const person = await hub.signIn(role, '310117');
		expect(await person.refused('GET', '/staff')).toMatchObject({ status: 403, code: 'AUTH-2008' });
		expect(await person.refused('POST', '/staff', clerkBody('310117-0903'))).toMatchObject({ status: 403 });
		expect(await person.refused('PATCH', `/staff/${foreign.id}`, { version: 1 })).toMatchObject({
			status: 403,
		});
		expect(
			await person.refused('POST', `/counters/${seededCounterId('310117')}/windows`, {
				commandId: randomUUID(),
				number: 9,
			}),
		).toMatchObject({ status: 403 });
	}
	const outside = { role: 'supervisor', cities: ['310117', '330100'], counterId: null };
	expect(
		await local.refused('POST', '/staff', {
			commandId: randomUUID(),
			name: 'abc-1',
			displayName: '甲',
			...outside,
		}),
	).toMatchObject({ status: 403 });
	expect(await local.refused('PATCH', `/staff/${foreign.id}`, { version: 1, disabled: true })).toMatchObject({
		status: 403,
	});
	expect(await local.refused('POST', `/staff/${foreign.id}/password-reset`)).toMatchObject({ status: 403 });
	expect(
		await local.refused('PATCH', `/counters/${seededCounterId('330100')}`, { version: 1 }),
	).toMatchObject({
		status: 403,
	});
	expect(await local.refused('PATCH', `/staff/${randomUUID()}`, { version: 1 })).toMatchObject({
		status: 404,
	});
	expect(await local.refused('GET', '/cases')).toMatchObject({ status: 403 });
});

test('people are listed in pages by name, filtered by text taken literally, within one’s cities', async () => {
	const hub = await newHub();
	const admin = await hub.signIn('administrator', '310117', { name: 'z-admin' });
	for (const n of [1, 2, 3])
		await hub.addStaff({ role: 'clerk', city: '310117', name: `b-000${n}`, displayName: `甲${n}` });
	await hub.addStaff({ role: 'clerk', city: '330100', name: 'b-hangzhou' });
	const list = async (query: string) => staffPage.parse(await admin.get(`/staff?${query}`));
	const first = await list('limit=2');
	expect(first.staff.map(({ name }) => name)).toEqual(['b-0001', 'b-0002']);
	const second = await list(`limit=2&cursor=${first.nextCursor}`);
	expect(second.staff.map(({ name }) => name)).toEqual(['b-0003', 'z-admin']);
	expect(second.nextCursor).toBeNull();
	expect((await list('text=甲3')).staff).toHaveLength(1);
	expect((await list('text=.*')).staff).toHaveLength(0);
	expect((await list('text=B-00')).staff).toHaveLength(3);
	expect(await admin.refused('GET', '/staff?text[$ne]=x')).toMatchObject({ code: 'REQ-1001' });
	expect(await admin.refused('GET', '/staff?limit=100000')).toMatchObject({ code: 'REQ-1001' });
});

test('S4.1 counters and windows: opened, changed, refused when stale or taken, and on the timeline', async () => {
	const hub = await newHub();
	const admin = await administratorOf(hub);
	const body = {
		commandId: randomUUID(),
		cityCode: '310117',
		name: '松江第二专窗',
		centreName: '松江区政务服务分中心',
		windows: 2,
	};
	const made = (await admin.post('/counters', body)) as CounterView;
	expect(made.windows.map(({ number }) => number)).toEqual([1, 2]);
	expect(await admin.refused('POST', '/counters', { ...body, commandId: randomUUID() })).toMatchObject({
		status: 409,
		code: 'ORG-3001',
	});

	const more = (await admin.post(`/counters/${made.id}/windows`, {
		commandId: randomUUID(),
		number: 3,
	})) as CounterView;
	expect(more.windows).toHaveLength(3);
	expect(
		await admin.refused('POST', `/counters/${made.id}/windows`, { commandId: randomUUID(), number: 3 }),
	).toMatchObject({
		code: 'ORG-3001',
	});
	const window = more.windows[2]!;
	const closed = (await admin.patch(`/counters/${made.id}/windows/${window.id}`, {
		version: window.version,
		open: false,
	})) as CounterView;
	expect(closed.windows[2]).toMatchObject({ number: 3, open: false });
	expect(
		await admin.refused('PATCH', `/counters/${made.id}/windows/${window.id}`, {
			version: window.version,
			open: true,
		}),
	).toMatchObject({ code: 'ORG-3004' });
	expect(
		await admin.refused('PATCH', `/counters/${made.id}/windows/${randomUUID()}`, { version: 1, open: true }),
	).toMatchObject({ code: 'ORG-3003' });

	await admin.patch(`/counters/${made.id}`, { version: closed.version, managingPerson: '沈国平' });
	// What changes nothing is no event.
	const same = { version: closed.version + 1, managingPerson: '沈国平' };
	expect(await admin.patch(`/counters/${made.id}`, same)).toMatchObject({ version: same.version });
	expect(
		await admin.refused('PATCH', `/counters/${made.id}`, { version: closed.version, phone: '021' }),
	).toMatchObject({ code: 'ORG-3004' });
	for (let number = 4; number <= 40; number++)
		await admin.post(`/counters/${made.id}/windows`, { commandId: randomUUID(), number });
	expect(
		await admin.refused('POST', `/counters/${made.id}/windows`, { commandId: randomUUID(), number: 41 }),
	).toMatchObject({
		code: 'ORG-3006',
	});
	const clerk = await hub.signIn('clerk', '330100');
	const { counters } = (await clerk.get('/counters')) as { counters: CounterView[] };
	expect(counters).toHaveLength(10);
	expect(counters.find(({ id }) => id === made.id)).toMatchObject({ managingPerson: '沈国平' });
	const types = await typesOf(hub, `counter:${made.id}`);
	expect(types.slice(0, 5)).toEqual([
		'counter.created',
		'window.created',
		'window.changed',
		'counter.changed',
		'window.created',
	]);
	expect(types).toHaveLength(4 + 37);
});

test('S-2 a window is one of one’s own counter and open; with another counter it is chosen anew', async () => {
	const hub = await newHub();
	const admin = await administratorOf(hub);
	const clerk = await hub.signIn('clerk', '310117');
	const choose = (window: WindowView | undefined) => clerk.put('/me/window', { windowId: window?.id });
	const { counters } = (await clerk.get('/counters')) as { counters: CounterView[] };
	const windowsOf = (city: string) => counters.find(({ cityCode }) => cityCode === city)?.windows ?? [];
	const [first, second] = windowsOf('310117');
	await choose(first);
	expect((await clerk.me()).window?.id).toBe(first?.id);
	await expect(choose(windowsOf('330100')[0])).rejects.toMatchObject({ code: 'ORG-3003' });
	const { id, version } = second!;
	await admin.patch(`/counters/${seededCounterId('310117')}/windows/${id}`, { version, open: false });
	await expect(choose(second)).rejects.toMatchObject({ code: 'ORG-3003' });

	const { staff } = await clerk.me();
	const post = { role: 'clerk', cities: ['330100'], counterId: seededCounterId('330100') };
	await admin.patch(`/staff/${staff.id}`, { version: staff.version, post });
	expect(await clerk.me()).toMatchObject({ counter: { cityCode: '330100' }, window: null });
	const opened = await openCase(clerk, {}, '320500');
	const { events } = timelinePage.parse(await clerk.get(`/cases/${opened.id}/timeline`));
	expect(events[0]?.actor).toMatchObject({ counterId: seededCounterId('330100'), windowId: null });
});

test('X3 an act that a dying hub left in the record is put on the timeline once', async () => {
	const hub = await newHub();
	const admin = await administratorOf(hub);
	const { staff } = await admin.me();
	const actor = { kind: 'system', by: 'hub' } as const;
	await staffModel(hub.context.connection).updateOne(
		{ _id: staff.id },
		{ $push: { pendingActs: actBy(actor, 'staff.passwordReset', {}) } },
	);
	await Promise.all([1, 2].map(() => settleLeftActs(hub.context, 'staff')));
	expect(await typesOf(hub, `staff:${staff.id}`)).toEqual(['staff.passwordReset']);
	const record = await staffModel(hub.context.connection).findById(staff.id).lean();
	expect(record?.pendingActs).toEqual([]);
});

test('X3 an act that cannot be put on its timeline holds up no other', async () => {
	const hub = await newHub();
	const actor = { kind: 'system', by: 'hub' } as const;
	const leave = async (act: PendingAct) => {
		const { id } = await hub.addStaff({ role: 'clerk', city: '310117' });
		const staff = staffModel(hub.context.connection);
		await staff.updateOne({ _id: id }, { $push: { pendingActs: act } });
		return id;
	};
	// As a hub of another version may have left it.
	const misfit = { ...actBy(actor, 'staff.passwordReset', {}), type: 'staff.unheardOf' } as never;
	const [stuck, fit] = [await leave(misfit), await leave(actBy(actor, 'staff.passwordReset', {}))];
	await settleLeftActs(hub.context, 'staff');
	expect(await typesOf(hub, `staff:${fit}`)).toEqual(['staff.passwordReset']);
	expect(await typesOf(hub, `staff:${stuck}`)).toEqual([]);
});

test('A3 H-7 registering anew after a lost answer, even twice at once, makes one person, one counter, one window', async () => {
	const hub = await newHub();
	const admin = await administratorOf(hub);
	const body = clerkBody('310117-0911');
	await Promise.all([admin.post('/staff', body), admin.post('/staff', body)]);
	const last = oneTimePassword.parse(await admin.post('/staff', body));
	expect((await hub.client().signIn('310117-0911', last.password)).mustChangePassword).toBe(true);
	expect(await typesOf(hub, `staff:${last.staff.id}`)).toEqual(['staff.created']);
	// Somebody uses it already: no repeat takes the password away, nor does another command get the name.
	expect(await admin.refused('POST', '/staff', body)).toMatchObject({ code: 'ORG-3001' });
	expect(await admin.refused('POST', '/staff', clerkBody('310117-0911'))).toMatchObject({ code: 'ORG-3001' });

	const place = { cityCode: '310117', name: '松江第三专窗', centreName: '松江区政务服务分中心', windows: 1 };
	const counter = { commandId: randomUUID(), ...place };
	const [made, again] = (await Promise.all([
		admin.post('/counters', counter),
		admin.post('/counters', counter),
	])) as [CounterView, CounterView];
	expect(again).toEqual(made);
	const window = { commandId: randomUUID(), number: 2 };
	const add = async () => (await admin.post(`/counters/${made.id}/windows`, window)) as CounterView;
	const [one, two] = await Promise.all([add(), add()]);
	expect([one.windows.length, two.windows.length, (await add()).windows.length]).toEqual([2, 2, 2]);
	expect(await typesOf(hub, `counter:${made.id}`)).toEqual(['counter.created', 'window.created']);
	const elsewhere = await hub.signIn('administrator', '330100');
	expect(await elsewhere.refused('POST', '/staff', body)).toMatchObject({ status: 403 });
	expect(await elsewhere.refused('POST', '/counters', counter)).toMatchObject({ status: 403 });
});
