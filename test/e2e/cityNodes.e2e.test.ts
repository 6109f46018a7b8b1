import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Product } from '../platform/Product.ts';
import { framesDecoded } from '../platform/watching.ts';
import { answer, approverOf, callHangzhou, clerkOf, hangUp } from './call.ts';
import { atDesk, type Person } from './people.ts';

const SLOW = { timeout: 60_000, interval: 250 };
const NODE = 'media-server/src/main.ts';
const [SONGJIANG, HANGZHOU] = ['310117', '330100'];

/** Where the sockets of a page's media go that are open now. */
function watchLines(page: Page): Set<string> {
	const open = new Set<string>();
	page.on('websocket', (socket) => {
		const { port } = new URL(socket.url());
		socket.on('framesent', ({ payload }) => {
			if (String(payload).startsWith('40/media')) open.add(port);
		});
		socket.on('close', () => open.delete(port));
	});
	return open;
}

describe('X6 each city its media node', () => {
	let product: Product;
	let clerk: Person;
	let approver: Person;
	let people: Person[];
	let lines: Set<string>[];

	beforeAll(async () => {
		product = await Product.start({}, ['--nodes', '3']);
		clerk = await atDesk(product, clerkOf(product));
		approver = await atDesk(product, approverOf(product));
		people = [clerk, approver];
		lines = people.map(({ page }) => watchLines(page));
	}, 300_000);
	afterAll(async () => {
		await Promise.all(people.map(({ pc }) => pc.shutDown()));
		await product.stop();
	});

	/** The process of a city's node, and where its pages find it. */
	async function nodeOf(city: string): Promise<{ pid: number; port: string }> {
		for (const pid of await product.pids(NODE)) {
			const environment = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0');
			const value = (name: string) =>
				environment.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
			if (value('NODE_CITY') === city) return { pid, port: value('MEDIA_SIGNAL_PORT') ?? '' };
		}
		throw new Error(`there is no node of ${city}`);
	}

	async function picturesFlow(): Promise<void> {
		const before = await Promise.all(people.map(({ page }) => framesDecoded(page)));
		for (const [i, { page }] of people.entries())
			await expect.poll(() => framesDecoded(page), SLOW).toBeGreaterThan((before[i] ?? 0) + 10);
	}

	it('X6 B-1 a page connects to the node of its own city and to no other, and pictures go both ways', async () => {
		await callHangzhou(clerk);
		await answer(approver);
		await picturesFlow();
		const ports = [(await nodeOf(SONGJIANG)).port, (await nodeOf(HANGZHOU)).port];
		expect(lines.map((open) => [...open])).toEqual(ports.map((port) => [port]));
		for (const { page } of people) await page.locator('video').first().waitFor();
		// Papers too: the approver has the clerk's document camera on the stage.
		await approver.page.getByText('实时').or(approver.page.getByText('清晰')).first().waitFor();
	}, 120_000);

	it('X6 B-7 the node of one side is killed, then the one where the room stands: pictures come back', async () => {
		for (const city of [HANGZHOU, SONGJIANG]) {
			const { pid } = await nodeOf(city);
			process.kill(pid, 'SIGKILL');
			await expect
				.poll(
					() =>
						nodeOf(city).then(
							(node) => node.pid !== pid,
							() => false,
						),
					SLOW,
				)
				.toBe(true);
			await picturesFlow();
		}
	}, 180_000);

	it('X6 B-7 a node that stands still: its pages come in elsewhere', async () => {
		const { pid } = await nodeOf(HANGZHOU);
		process.kill(pid, 'SIGSTOP');
		try {
			// Its workers go on for a while: nothing is missing until the page finds that nobody answers.
			const { port } = await nodeOf(SONGJIANG);
			await expect.poll(() => lines[1]?.has(port), SLOW).toBe(true);
			await picturesFlow();
		} finally {
			process.kill(pid, 'SIGCONT');
		}
	}, 120_000);

	it('X6 B-10 the node where the room stands is gone for good: the call goes on at another one, without a click', async () => {
		const { pid, port: former } = await nodeOf(SONGJIANG);
		const { port } = await nodeOf(HANGZHOU);
		// By now the room stands here, and whoever lost the other node has come here too.
		for (const open of lines) await expect.poll(() => [...open], SLOW).toEqual([former]);
		process.kill(pid, 'SIGSTOP');
		try {
			for (const open of lines) await expect.poll(() => open.has(port), SLOW).toBe(true);
			await picturesFlow();
		} finally {
			process.kill(pid, 'SIGCONT');
		}
		// It has come back, and finds nobody.
		await picturesFlow();
		for (const open of lines) await expect.poll(() => [...open], SLOW).toEqual([port]);
		await hangUp(clerk);
		expect(people.flatMap(({ errors }) => errors)).toEqual([]);
	}, 120_000);
});
