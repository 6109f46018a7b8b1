import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Product } from '../platform/Product.ts';
import { framesDecoded } from '../platform/watching.ts';
import { answer, approverOf, askForCorrection, callHangzhou, clerkOf } from './call.ts';
import { atDesk, type Person } from './people.ts';

const SLOW = { timeout: 60_000, interval: 250 };
const HUB = 'hub-server/src/main.ts';

describe('two hubs behind one address', () => {
	let product: Product;
	let clerk: Person;
	let approver: Person;
	let people: Person[];

	beforeAll(async () => {
		product = await Product.start({}, ['--hubs', '2']);
		clerk = await atDesk(product, clerkOf(product));
		approver = await atDesk(product, approverOf(product));
		people = [clerk, approver];
	}, 300_000);
	afterAll(async () => {
		await Promise.all(people.map(({ pc }) => pc.shutDown()));
		await product.stop();
	});

	it('a page stays with the hub that it came to, and two pages are at two of them', async () => {
		const hubs = await Promise.all(
			people.map(async ({ pc }) => {
				const cookies = await pc.context.cookies();
				return cookies.find(({ name }) => name === 'hub')?.value;
			}),
		);
		expect(hubs.toSorted()).toEqual(['0', '1']);
	});

	it('S-6 a call rings at the other hub, and is answered there', async () => {
		await callHangzhou(clerk);
		await answer(approver);
		for (const { page } of people) {
			await expect.poll(() => framesDecoded(page), SLOW).toBeGreaterThan(5);
		}
	}, 120_000);

	it('S-8 X-1 each hub is killed in mid-call: media never stop, and its pages come back', async () => {
		const hubs = await product.pids(HUB);
		expect(hubs).toHaveLength(2);
		for (const pid of hubs) {
			const before = await Promise.all(people.map(({ page }) => framesDecoded(page)));
			process.kill(pid, 'SIGKILL');
			for (const [i, { page }] of people.entries()) {
				await expect.poll(() => framesDecoded(page), SLOW).toBeGreaterThan((before[i] ?? 0) + 5);
			}
			await expect.poll(() => product.pids(HUB), SLOW).toHaveLength(2);
			await expect.poll(async () => (await fetch(`${product.url}/readyz`)).status, SLOW).toBe(200);
			for (const { page } of people) {
				await page.getByText('与中心服务器断开').first().waitFor({ state: 'hidden' });
			}
		}
	}, 180_000);

	it('V10 the conclusion given at one hub stands on the timeline of the page at the other', async () => {
		await askForCorrection(approver, '首段会议召开日期空白，请补填并加盖公章');
		await clerk.page.getByText('首段会议召开日期空白，请补填并加盖公章').first().waitFor();
		expect(people.flatMap(({ errors }) => errors)).toEqual([]);
	}, 120_000);

	it('Ctrl-C leaves nothing behind', async () => {
		expect(await product.interrupt()).toEqual([]);
		expect(product.starter.exitCode).toBe(0);
	}, 60_000);
});
