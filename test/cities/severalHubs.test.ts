import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseDetail } from '@counter-hub/shared/cases/cases.ts';
import { FIRST_CITIES } from '@counter-hub/shared/cities/firstCities.ts';
import { linkMatrix } from '@counter-hub/shared/links/matrix.ts';
import { counterView, oneTimePassword } from '@counter-hub/shared/people/people.ts';
import { dutyView } from '@counter-hub/shared/rota/duty.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { Processes } from '../platform/processes.ts';
import { ask, type TestClient } from '../platform/TestClient.ts';
import { atOnce, changeBody, cityBody, codesOf, keeperOf, NINGBO, read, register } from './ningbo.ts';

const PASSWORD = '橙子与灯塔-2026';
let processes: Processes;
let keeper: TestClient;
beforeAll(async () => {
	processes = await Processes.start({ hubs: 2, media: false });
	keeper = await keeperOf(processes);
}, 120_000);
afterAll(() => processes.close());

const hubs = () => processes.hubs.map((hub) => processes.client(hub));
/** The same person at another hub. */
function at(client: TestClient, index: number): TestClient {
	const there = processes.client(processes.hubs[index]);
	there.token = client.token;
	return there;
}

test('S4.1 U-2 U-4 X-1 a city that is registered at one hub opens a counter at the other, where its clerk signs in and works', async () => {
	await register(keeper);
	for (const client of hubs()) await expect.poll(() => codesOf(client)).toContain(NINGBO);
	const there = at(keeper, 1);
	const counter = counterView.parse(
		await there.post('/counters', {
			commandId: randomUUID(),
			cityCode: NINGBO,
			name: '宁波专窗',
			centreName: '宁波市政务服务中心',
			windows: 2,
		}),
	);
	const once = oneTimePassword.parse(
		await there.post('/staff', {
			commandId: randomUUID(),
			name: '330200-0203',
			displayName: '甬生',
			role: 'clerk',
			cities: [NINGBO],
			counterId: counter.id,
		}),
	);
	const clerk = processes.client(processes.hubs[1]);
	await clerk.signIn('330200-0203', once.password);
	await clerk.post('/auth/password', { current: once.password, next: PASSWORD });
	await clerk.signIn('330200-0203', PASSWORD);

	const socket = await clerk.socket();
	const present = new Promise<unknown>((resolve) =>
		socket.on('presence:changed', ({ counters }) => {
			const own = counters.find(({ counterId }) => counterId === counter.id);
			if (own?.people.length === 1) resolve(own);
		}),
	);
	await ask(socket, 'presence:renew', { windowId: null });
	expect(await present).toMatchObject({ cityCode: NINGBO, people: [{ displayName: '甬生' }] });
	socket.close();

	for (const [index] of processes.hubs.entries()) {
		const reader = at(clerk, index);
		const matrix = linkMatrix.parse(await reader.get('/links/matrix'));
		expect(matrix.cities.at(-1)).toMatchObject({ cityCode: NINGBO });
		expect(matrix.cells.filter(({ from, to }) => from === NINGBO || to === NINGBO)).toHaveLength(18);
		const duty = dutyView.parse(await reader.get('/duty?date=2026-12-01'));
		expect(duty.counters.at(-1)).toMatchObject({ cityCode: NINGBO, counterId: counter.id });
	}
	const opened = await clerk.post('/cases', {
		commandId: randomUUID(),
		enterprise: { name: '宁波澄砚精密仪器有限公司', uscc: '91330100MA0000023P' },
		person: { name: '何清', citizenId: '310117190001010012', phone: '13800000000' },
		itemNo: 5,
		permitCounterId: seededCounterId('330100'),
	});
	expect(caseDetail.parse(opened)).toMatchObject({
		caseNo: expect.stringMatching(/^NB-\d{6}-0001$/) as string,
		origin: { cityCode: NINGBO },
	});
});

test('S4.1 U-1 U-3 Q-3 two administrators at two hubs at one instant: both cities, or one of two of the same letters', async () => {
	const other = await keeperOf(processes, { cities: await codesOf(keeper) });
	const add = (who: TestClient, more: object) => who.send('POST', '/cities', cityBody(more));
	const [here, there] = [at(keeper, 0), at(other, 1)];
	for (let round = 0; round < 5; round++) {
		const letters = `Q${'ABCDE'.charAt(round)}`;
		expect(
			await atOnce(
				add(here, { code: `41${round}100`, letters }),
				add(there, { code: `42${round}100`, letters }),
			),
		).toMatchObject({ statuses: [201, 409], refused: [{ code: 'CITY-5803' }] });
		expect(
			await atOnce(
				add(here, { code: `43${round}100`, letters: `U${letters.charAt(1)}` }),
				add(there, { code: `44${round}100`, letters: `V${letters.charAt(1)}` }),
			),
		).toMatchObject({ statuses: [201, 201] });
	}
	for (const client of hubs()) await expect.poll(async () => (await codesOf(client)).length).toBe(25);
	for (const who of [keeper, other]) expect((await who.me()).staff.cities).toHaveLength(25);
});

test('S4.1 U-2 F8 a change reaches the other hub, and a hub that is killed has the register again when it is back', async () => {
	const first = FIRST_CITIES[0];
	if (!first) throw new Error('there is no city');
	await keeper.put(`/cities/${first.code}`, changeBody(first, { zh: '松江区', en: 'Songjiang District' }));
	const nameAt = async (client: TestClient) =>
		(await read(client)).find(({ code }) => code === first.code)?.zh;
	for (const client of hubs()) await expect.poll(() => nameAt(client)).toBe('松江区');
	const before = await read(processes.client());
	await processes.restartHub();
	expect(await read(processes.client())).toEqual(before);
});
