import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { openCase } from '../cases/caseFixtures.ts';
import { newHub } from '../platform/newHub.ts';
import { answer, callAgain } from './call.ts';
import { nodeOf } from '../platform/nodeOf.ts';
import { atDesk } from './people.ts';

/** Pictures that are really shown. */
const pictures = (page: Page) =>
	page.evaluate(
		() =>
			[...document.querySelectorAll('video')].filter(({ videoWidth, paused }) => videoWidth > 0 && !paused)
				.length,
	);
const mark = (page: Page) => page.evaluate(() => document.body.setAttribute('data-loaded-before', ''));
const isMarked = (page: Page) => page.locator('body[data-loaded-before]').count();

it('F24 pages loaded before a media node was there load themselves anew, unless somebody is in the middle of something', async () => {
	const hub = await newHub();
	const first = await nodeOf(hub, 'node-a');
	const [clerkId, approverId] = [
		await hub.addStaff({ role: 'clerk', city: '310117', onShift: true }),
		await hub.addStaff({ role: 'approver', city: '330100', onShift: true }),
	];
	const api = hub.client();
	await api.signIn(clerkId.name, clerkId.password);
	const opened = await openCase(api);
	const people = [
		await atDesk(hub, { city: '松江', role: 'clerk', ...clerkId }),
		await atDesk(hub, { city: '杭州', role: 'approver', ...approverId }),
	] as const;
	const [clerk, approver] = people;
	onTestFinished(async () => {
		await Promise.all(people.map(({ pc }) => pc.shutDown()));
	});
	await clerk.page.goto(`${hub.url}/cases/${opened.id}`);
	await clerk.page.getByRole('button', { name: /请求远程指导/ }).waitFor();
	for (const { page } of people) await mark(page);

	await approver.page.keyboard.press('?');
	await approver.page.getByRole('dialog').waitFor();
	const second = await nodeOf(hub, 'node-b');
	expect(new URL(second.signalUrl).origin).not.toBe(new URL(first.signalUrl).origin);
	await expect.poll(() => isMarked(clerk.page)).toBe(0);
	await clerk.page.getByRole('button', { name: /请求远程指导/ }).waitFor();
	await expect.poll(() => approver.page.getByText('系统已更新').count()).toBe(1);
	expect(await isMarked(approver.page)).toBe(1);
	await approver.page.keyboard.press('Escape');
	await expect.poll(() => isMarked(approver.page)).toBe(0);
	await approver.page.getByText('已连接').first().waitFor();

	await first.close();
	await callAgain(clerk);
	await answer(approver);
	for (const { page } of people) await expect.poll(() => pictures(page)).toBeGreaterThan(2);
	expect(people.flatMap(({ errors }) => errors)).toEqual([]);
});
