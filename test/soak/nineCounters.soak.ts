import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { CITIES, cityOf, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { LinkLimits } from '@counter-hub/shared/links/linkTerms.ts';
import { linkMatrix, type LinkMatrix } from '@counter-hub/shared/links/matrix.ts';
import { ticketPage } from '@counter-hub/shared/tickets/tickets.ts';
import { LinkCounter } from '../bench/load/LinkCounter.ts';
import { atDesk, type Person } from '../e2e/people.ts';
import { closeBrowsers } from '../platform/browser.ts';
import { Product } from '../platform/Product.ts';
import { TestClient } from '../platform/TestClient.ts';

const BROWSERS: readonly CityCode[] = ['310117', '330100', '320500'];
const STOPPED: CityCode = '330100';
const SLOW = { timeout: 300_000, interval: 500 };
/** Where the red matrix is kept as a picture, if anywhere. */
const PICTURE = process.env['PICTURE'];
const say = (text: string) => void process.stdout.write(`${text}\n`);

describe('S7.1b L3 L4 L5 X6 nine counters open, three of them in browsers, on three media nodes', () => {
	let product: Product;
	let supervisor: TestClient;
	let administrator: TestClient;
	const people: Person[] = [];
	const headless: LinkCounter[] = [];
	const began = performance.now();
	const seconds = () => `${((performance.now() - began) / 1000).toFixed(0)} s`;

	beforeAll(async () => {
		product = await Product.start({}, ['--nodes', '3']);
		supervisor = await signedIn('supervisor');
		administrator = await signedIn('administrator');
		// What fake cameras and a busy machine give is enough: whether it arrives is looked at, not how well.
		const lenient = { warn: 30_000, fail: 40_000 };
		const limits: LinkLimits = {
			framesPerSecond: { warn: 1, fail: 0 },
			lossPercent: { warn: 90, fail: 95 },
			roundTripMs: lenient,
			jitterMs: lenient,
			firstPictureMs: lenient,
		};
		const today = shanghaiDate(Date.now());
		const exception = { spans: [{ from: '00:00', to: '24:00' }], reason: '全天开放' };
		for (const { code } of CITIES) {
			await administrator.put(`/cities/${code}/link-limits`, { commandId: randomUUID(), version: 0, limits });
			await administrator.put(`/counters/${seededCounterId(code)}/hours/exceptions/${today}`, {
				commandId: randomUUID(),
				version: 0,
				exception,
			});
		}
	}, 300_000);
	afterAll(async () => {
		for (const counter of headless) counter.close();
		await Promise.all(people.map(({ pc }) => pc.shutDown()));
		await closeBrowsers();
		await product.stop();
	});

	async function signedIn(role: string): Promise<TestClient> {
		const who = product.signIns.find(
			(one) => one.role === role && (role !== 'supervisor' || one.city === '杭州'),
		);
		const client = new TestClient(product.url);
		await client.signIn(who?.name ?? '', who?.password ?? '');
		return client;
	}
	const matrix = async (): Promise<LinkMatrix> => linkMatrix.parse(await supervisor.get('/links/matrix'));
	const verdicts = async () =>
		Object.entries(Object.groupBy((await matrix()).cells, ({ verdict }) => verdict ?? 'none'))
			.map(([verdict, cells]) => `${verdict} ${cells.length}`)
			.sort();
	const nodeTickets = async () => {
		const { tickets } = ticketPage.parse(await administrator.get('/tickets?limit=100'));
		return tickets
			.filter(({ cause }) => cause.kind === 'node')
			.map(({ state, cityCode }) => `${cityCode} ${state}`);
	};

	it('fills its matrix by itself', async () => {
		for (const { code, zh } of CITIES) {
			if (BROWSERS.includes(code)) {
				const person = await atDesk(product, product.signIn(zh, 'clerk'), { shift: false });
				people.push(person);
				await person.page.getByRole('navigation').getByRole('link', { name: '开班检查' }).click();
				await person.page.getByRole('button', { name: /开始检查/ }).click();
			} else {
				const clerk = product.signIn(zh, 'clerk');
				headless.push(await LinkCounter.open(product.url, clerk.name, clerk.password));
			}
		}
		say(`all nine are there after ${seconds()}`);
		await expect.poll(verdicts, SLOW).toEqual([`pass ${CITIES.length * (CITIES.length - 1)}`]);
		say(`the matrix is complete after ${seconds()}`);
	}, 400_000);

	it('shows the row and column of a city whose node stands still, says so, opens one ticket, and is well again by itself', async () => {
		const pid = await nodeOf(STOPPED);
		process.kill(pid, 'SIGSTOP');
		try {
			await expect.poll(verdicts, SLOW).toEqual(['fail 16', 'pass 56']);
			say(`its row and column are red after ${seconds()}`);
			const { diagnoses, cells } = await matrix();
			expect(diagnoses).toMatchObject([{ kind: 'node', cities: [STOPPED], failed: 16, of: 16 }]);
			expect(
				cells
					.filter(({ from, to }) => from === STOPPED || to === STOPPED)
					.every(({ verdict }) => verdict === 'fail'),
			).toBe(true);
			await expect.poll(nodeTickets, SLOW).toEqual([`${STOPPED} pending`]);
			const page = people[0]?.page;
			if (!page) throw new Error('nobody is there');
			await page.getByRole('navigation').getByRole('link', { name: '连线矩阵' }).click();
			await page
				.getByText(new RegExp(`${cityOf(STOPPED).zh}.*媒体节点`))
				.first()
				.waitFor();
			if (PICTURE !== undefined) await page.screenshot({ path: PICTURE });
		} finally {
			process.kill(pid, 'SIGCONT');
		}
		await expect.poll(verdicts, SLOW).toEqual([`pass ${CITIES.length * (CITIES.length - 1)}`]);
		await expect.poll(nodeTickets, SLOW).toEqual([`${STOPPED} solved`]);
		expect((await matrix()).diagnoses).toEqual([]);
		say(`all are green again after ${seconds()}`);
	}, 600_000);

	/** The media node of a city. */
	async function nodeOf(city: CityCode): Promise<number> {
		const pids = await product.pids('media-server');
		const found = pids.find((pid) =>
			readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`NODE_CITY=${city}`),
		);
		if (found === undefined) throw new Error(`no media node of ${city} runs`);
		return found;
	}
});
