import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import { setCities, type City } from '@counter-hub/shared/cities/cities.ts';
import { FIRST_CITIES } from '@counter-hub/shared/cities/firstCities.ts';
import { NODES_NAMESPACE } from '@counter-hub/shared/media/nodeProtocol.ts';
import { staffModel } from '@counter-hub/hub-server/features/people/Staff.model.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { newDatabase } from '../platform/mongod.ts';
import { newHub, newSecrets, type TestHub } from '../platform/newHub.ts';
import { nodeOf } from '../platform/nodeOf.ts';
import {
	atOnce,
	changeBody,
	cityBody,
	codesOf,
	everywhere,
	keeperOf,
	NINGBO,
	read,
	register,
} from './ningbo.ts';

// All hubs of a process know the same cities; the next test begins with those that a register begins with.
afterEach(() => setCities(FIRST_CITIES));

const FIRST = FIRST_CITIES.map(({ code }) => code);
const typesOf = async (hub: TestHub, code: string) =>
	(await timeline(hub.context).page(`city:${code}`, { limit: 50 })).events.map(({ type }) => type);

/** One city, as a hub left it that died before the next. */
async function plant({ context }: TestHub, planting: string, code: string, letters: string): Promise<void> {
	await timeline(context).store.ensureIndexes();
	await timeline(context).append({
		subject: `city:${code}`,
		commandId: `${planting}-${code}`,
		decide: () => [
			{
				type: 'city.registered',
				data: { letters, zh: code, en: code, place: 1, keepers: [] },
				actor: { kind: 'system', by: 'hub' },
				machine: `letters:${letters}`,
				version: 1,
			},
		],
	});
}

test('S4.1 U-2 X-1 two hubs that start at one instant plant the nine, each once; a third finds them there', async () => {
	const env = { ...newSecrets(), MONGODB_URL: newDatabase().url };
	const [hub] = await Promise.all([newHub({ env }), newHub({ env })]);
	await newHub({ env });
	expect(await read(hub.client())).toEqual(FIRST_CITIES);
	for (const code of FIRST) expect(await typesOf(hub, code)).toEqual(['city.registered']);
});

test('S4.1 U-2 F8 what a hub that died did not come to is planted by the next; a register of others is left alone', async () => {
	const env = { ...newSecrets(), MONGODB_URL: newDatabase().url };
	await plant(await newHub({ env, serve: false }), 'first-city', '330100', 'HZ');
	const hub = await newHub({ env });
	expect((await codesOf(hub.client())).toSorted()).toEqual(FIRST.toSorted());
	expect(await typesOf(hub, '330100')).toEqual(['city.registered']);

	const other = await newHub({ env: { ...env, MONGODB_URL: newDatabase().url }, serve: false });
	await plant(other, 'own-city', '330100', 'HZ');
	expect(await codesOf((await newHub({ sharing: other })).client())).toEqual(['330100']);
});

test('S4.1 U-1 H-7 a tenth city is registered once, however often the command comes; its names and its place change', async () => {
	const hub = await newHub();
	const keeper = await keeperOf(hub);
	const body = cityBody();
	const answers = await Promise.all([1, 2, 3].map(() => keeper.post('/cities', body)));
	expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
	expect(await keeper.refused('POST', '/cities', { ...body, zh: '甬' })).toMatchObject({ code: 'REQ-1009' });
	expect(await codesOf(hub.client())).toEqual([...FIRST, NINGBO]);

	const [made] = (await read(hub.client())).slice(-1) as [City];
	await keeper.put(`/cities/${NINGBO}`, changeBody(made, { zh: '宁波市', en: 'Ningbo City', place: 2 }));
	expect((await read(hub.client())).map(({ letters }) => letters).slice(0, 4)).toEqual([
		'SJ',
		'NB',
		'JX',
		'HZ',
	]);
	expect(await keeper.refused('PUT', `/cities/${NINGBO}`, changeBody(made))).toMatchObject({
		status: 409,
		code: 'ORG-3004',
	});
	const now = (await read(hub.client())).find(({ code }) => code === NINGBO) as City;
	expect(now).toMatchObject({ zh: '宁波市', letters: 'NB', version: 2 });
	// What is so already is no event.
	await keeper.put(`/cities/${NINGBO}`, changeBody(now));
	expect(await typesOf(hub, NINGBO)).toEqual(['city.registered', 'city.changed']);
});

test('S4.1 U-1 U-2 X2 what cannot be is refused by name: who may not, a code or letters that are taken, a city that is not there', async () => {
	const hub = await newHub();
	const keeper = await keeperOf(hub);
	for (const [role, more] of [
		['administrator', {}],
		['supervisor', everywhere()],
		['clerk', {}],
	] as const) {
		const who = await hub.signIn(role, '310117', more);
		expect(await who.refused('POST', '/cities', cityBody()), role).toMatchObject({ code: 'AUTH-2008' });
		expect(await who.refused('PUT', '/cities/310117', changeBody(FIRST_CITIES[0] as City))).toMatchObject({
			code: 'AUTH-2008',
		});
	}
	expect(await hub.client().refused('POST', '/cities', cityBody())).toMatchObject({ status: 401 });
	for (const [more, expected] of [
		[{ code: '330100' }, { status: 409, code: 'CITY-5802', params: { code: '330100' } }],
		[{ letters: 'hz' }, { status: 409, code: 'CITY-5803', params: { letters: 'HZ' } }],
		[{ code: '999999' }, { status: 422, code: 'REQ-1001' }],
		[{ zh: '打 13800138000' }, { status: 422, code: 'FORM-1105' }],
	] as const)
		expect(await keeper.refused('POST', '/cities', cityBody(more))).toMatchObject(expected);
	expect(await typesOf(hub, NINGBO)).toEqual([]);

	const counter = {
		commandId: randomUUID(),
		cityCode: NINGBO,
		name: '宁波专窗',
		centreName: '中心',
		windows: 1,
	};
	const staff = {
		commandId: randomUUID(),
		name: '330200-0001',
		displayName: '某某',
		role: 'supervisor',
		cities: [NINGBO],
		counterId: null,
	};
	for (const [method, path, body] of [
		['POST', '/counters', counter],
		['POST', '/staff', staff],
		['PUT', `/cities/${NINGBO}`, changeBody(FIRST_CITIES[0] as City)],
		['GET', `/cities/${NINGBO}/review-settings`, undefined],
		['GET', `/cities/${NINGBO}/link-limits`, undefined],
		['GET', `/links/history?from=${NINGBO}&to=310117`, undefined],
		['GET', `/cases?city=${NINGBO}`, undefined],
		['GET', `/items/5/guide?city=${NINGBO}`, undefined],
		['POST', `/scanning/${NINGBO}`, { commandId: randomUUID(), waived: false, reason: '' }],
	] as const)
		expect(await keeper.refused(method, path, body), path).toMatchObject({ status: 422, code: 'CITY-5801' });
});

test('S4.1 U-3 U-4 A7 whoever looks after all cities looks after the new one, once; the others do not', async () => {
	const hub = await newHub();
	const keeper = await keeperOf(hub);
	const colleague = await keeperOf(hub);
	const supervisor = await hub.signIn('supervisor', '310117', everywhere());
	const ofSome = await hub.signIn('administrator', '310117', { cities: FIRST.slice(1) });
	const socket = await supervisor.socket();
	const told: number[] = [];
	socket.on('cities:changed', ({ cities }) => told.push(cities.length));
	await register(keeper);
	for (const who of [keeper, colleague, supervisor]) expect((await who.me()).staff.cities).toContain(NINGBO);
	expect((await ofSome.me()).staff.cities).toEqual(FIRST.slice(1));
	await expect.poll(() => told.at(-1)).toBe(10);
	socket.close();

	// Who is relieved of it stays so, whatever hub starts and reads the register again.
	const { staff } = await supervisor.me();
	const post = { role: 'supervisor', cities: FIRST, counterId: null };
	await keeper.patch(`/staff/${staff.id}`, { version: staff.version, post });
	await newHub({ sharing: hub });
	expect((await supervisor.me()).staff.cities.toSorted()).toEqual(FIRST.toSorted());
	expect((await timeline(hub.context).page(`staff:${staff.id}`, { limit: 9 })).events).toMatchObject([
		{ type: 'staff.changed', actor: { kind: 'system' } },
		{ type: 'staff.changed', actor: { kind: 'staff' } },
	]);
	expect(await staffModel(hub.context.connection).countDocuments({ cities: NINGBO })).toBe(2);
});

test('S4.1 U-1 U-3 Q-3 administrators at one instant: of one code, of the same letters and of one version, one of two is told', async () => {
	const hub = await newHub();
	const [one, other] = [await keeperOf(hub), await keeperOf(hub)];
	const add = (who: typeof one, more: object) => who.send('POST', '/cities', cityBody(more));
	expect(await atOnce(add(one, { letters: 'NB' }), add(other, { letters: 'NG' }))).toMatchObject({
		statuses: [201, 409],
		refused: [{ code: 'CITY-5802' }],
	});
	const same = { letters: 'SX' };
	expect(
		await atOnce(add(one, { code: '330600', ...same }), add(other, { code: '140000', ...same })),
	).toMatchObject({ statuses: [201, 409], refused: [{ code: 'CITY-5803' }] });
	expect(
		await atOnce(add(one, { code: '330900', letters: 'ZS' }), add(other, { code: '331000', letters: 'TZ' })),
	).toMatchObject({ statuses: [201, 201] });
	expect(await codesOf(hub.client())).toHaveLength(13);
	for (const who of [one, other]) expect((await who.me()).staff.cities).toHaveLength(13);

	const [before] = (await read(hub.client())).filter(({ code }) => code === NINGBO) as [City];
	const change = (who: typeof one, zh: string) =>
		who.send('PUT', `/cities/${NINGBO}`, changeBody(before, { zh }));
	expect(await atOnce(change(one, '甬'), change(other, '明州'))).toMatchObject({
		statuses: [200, 409],
		refused: [{ code: 'ORG-3004' }],
	});
});

test('S4.1 U-2 N-1 a media node of a city that is not registered is refused by name, and let in once it is', async () => {
	const hub = await newHub();
	const keeper = await keeperOf(hub);
	const url = 'http://127.0.0.1:9';
	const socket = io(`${hub.url}${NODES_NAMESPACE}`, {
		auth: {
			nodeId: 'media-nb-1',
			epoch: 1,
			credential: hub.env['NODE_CREDENTIAL'],
			city: NINGBO,
			signalUrl: url,
			spanUrl: url,
			version: '1',
		},
		transports: ['websocket'],
		forceNew: true,
		reconnection: false,
	});
	const refusal = await new Promise<unknown>((settle) => socket.once('connect_error', settle));
	socket.close();
	expect(refusal).toMatchObject({ data: { code: 'CITY-5801', params: { city: NINGBO } } });

	const node = await nodeOf(hub, 'media-nb-2', NINGBO);
	const isReady = async () => (await fetch(`${node.signalUrl}/readyz`)).ok;
	expect(await isReady()).toBe(false);
	await register(keeper);
	await expect.poll(isReady).toBe(true);
});
