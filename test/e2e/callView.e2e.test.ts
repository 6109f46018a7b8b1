import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { openCase } from '../cases/caseFixtures.ts';
import type { BrowserOptions } from '../platform/browser.ts';
import { newHub } from '../platform/newHub.ts';
import { wordsOf, type Language } from '../platform/words.ts';
import { answer, callAgain } from './call.ts';
import { nodeOf } from '../platform/nodeOf.ts';
import { atDesk } from './people.ts';

const SLOW = { timeout: 60_000, interval: 250 };

/**
 * Clerk and approver in a call; the clerk's name is as long as names get on a form. `told` is what the node says to the
 * clerk's page, as it comes over the wire.
 */
async function inCall(approverOptions: BrowserOptions = {}) {
	const hub = await newHub();
	await nodeOf(hub, 'node-a');
	const clerkId = await hub.addStaff({
		role: 'clerk',
		city: '310117',
		displayName: 'Maximilian Oberhofer',
		onShift: true,
	});
	const approverId = await hub.addStaff({ role: 'approver', city: '330100', onShift: true });
	const api = hub.client();
	await api.signIn(clerkId.name, clerkId.password);
	const opened = await openCase(api);
	const clerk = await atDesk(hub, { city: '松江', role: 'clerk', ...clerkId });
	const approver = await atDesk(hub, { city: '杭州', role: 'approver', ...approverId }, approverOptions);
	onTestFinished(async () => {
		await Promise.all([clerk, approver].map(({ pc }) => pc.shutDown()));
	});
	const told: string[] = [];
	clerk.page.on('websocket', (socket) => {
		socket.on('framereceived', ({ payload }) => told.push(String(payload)));
	});
	await clerk.page.goto(`${hub.url}/cases/${opened.id}`);
	await callAgain(clerk);
	await answer(approver);
	return { hub, clerk, approver, opened, told };
}

/** Controls that are shown and do not lie inside the window with their whole box. */
const outside = (page: Page) =>
	page.evaluate(() => {
		const layer = document.querySelector('.call-layer');
		return [...(layer?.querySelectorAll('button, a, [role=radio], [role=tab]') ?? [])]
			.filter((one) => one.checkVisibility({ visibilityProperty: true }))
			.filter((one) => {
				// The text of a timeline or list scrolls by itself.
				if (one.closest('.scroll, [role=log]')) return false;
				const { left, top, right, bottom } = one.getBoundingClientRect();
				return left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5;
			})
			.map((one) => `${one.getAttribute('aria-label') ?? ''} ${one.textContent.trim()}`);
	});

it.each<Language>(['zh-CN', 'en'])(
	'F22 F30 on small screens every control stays inside the window, and there is a way back from the case while the hub is away: %s',
	async (language) => {
		const word = wordsOf(language);
		const { hub, approver, opened } = await inCall({ language, devices: false, width: 1093, height: 614 });
		const { page } = approver;
		const notices = page.locator('.notices > .line');
		await expect.poll(() => notices.count()).toBe(1);
		const look = async () => {
			for (const [width, height] of [
				[1366, 768],
				[1093, 614],
				[911, 512],
			] as const) {
				await page.setViewportSize({ width, height });
				await expect.poll(() => outside(page), { message: `${width}×${height}` }).toEqual([]);
				await page.getByRole('button', { name: word('call_hangup') }).click({ trial: true });
				await page
					.getByRole('button', { name: word('call_devices') })
					.first()
					.click({ trial: true });
				const drawer = page.getByRole('button', { name: word('call_panel') });
				if (!(await drawer.isVisible())) continue;
				await drawer.click();
				await page.getByRole('tab').first().waitFor();
				await expect.poll(() => outside(page), { message: `${width}×${height}, panel` }).toEqual([]);
				await drawer.click();
			}
		};
		await look();
		// The code of other pages is fetched a moment after the first one was drawn.
		const fetched = () => page.evaluate(() => performance.getEntriesByType('resource').length);
		await expect
			.poll(async () => {
				const before = await fetched();
				await page.waitForTimeout(700);
				return (await fetched()) - before;
			})
			.toBe(0);
		await hub.close();
		await expect.poll(() => notices.count()).toBe(2);
		await look();

		await page.setViewportSize({ width: 1366, height: 768 });
		await page.getByRole('link', { name: opened.caseNo }).click();
		await page.getByRole('link', { name: word('call_chip_return') }).click();
		await page.getByRole('button', { name: word('call_hangup') }).waitFor();
		expect(approver.errors).toEqual([]);
	},
);

it('F32 when the other page is closed without a word, its last picture is not called live, and the own desk stays away', async () => {
	const { clerk, approver } = await inCall();
	const { page } = approver;
	const live = page.locator('.tag').getByText('实时', { exact: true });
	await live.waitFor();
	await clerk.page.close();
	await expect.poll(() => live.count()).toBe(0);
	await page.getByText('这是最后一帧画面，不是实时').waitFor();
	await page
		.getByText(/不在通话中/)
		.first()
		.waitFor();
	expect(await page.getByText('我的高拍仪').locator('..').getAttribute('aria-checked')).not.toBe('true');
	expect(approver.errors).toEqual([]);
});

it('A10 whoever opens the browser again returns to the call with one click', async () => {
	const { hub, approver } = await inCall();
	const { page } = approver;
	// As a browser that was closed: this tab knows nothing of the call, and no page holds it.
	await page.evaluate(() => sessionStorage.removeItem('counter-hub.call'));
	await page.evaluate(() => {
		addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true });
	});
	page.on('dialog', (dialog) => void dialog.accept());
	await page.goto(hub.url);
	await page.getByRole('button', { name: /返回通话/ }).click();
	await page.getByRole('button', { name: /挂断/ }).first().waitFor();
	await expect.poll(() => page.url()).toContain('/call/');
	expect(approver.errors).toEqual([]);
});

/** Sources of the other side's pictures of which this page has painted a frame. */
const painted = (page: Page) =>
	page.evaluate(() => [...((window as unknown as { painted?: Set<string> }).painted ?? [])].sort());

it('A10 M-12 a page that was reloaded in mid-call shows papers and faces again; their encoders were never stopped', async () => {
	const { approver, told } = await inCall();
	const { page } = approver;
	await page.addInitScript(() => {
		const sources = new Set<string>();
		Object.assign(window, { painted: sources });
		const onLoaded = ({ target }: Event) => {
			if (!(target instanceof HTMLVideoElement) || target.dataset['own'] !== 'false') return;
			target.requestVideoFrameCallback(() => sources.add(target.dataset['source'] ?? ''));
		};
		document.addEventListener('loadeddata', onLoaded, true);
	});
	await page.locator('video[data-source=document][data-own=false]').waitFor();
	const wishes = () => told.filter((text) => text.includes('"stream:wanted"'));
	await expect.poll(wishes, SLOW).not.toEqual([]);
	const before = wishes().length;
	const asked: string[] = [];
	page.on('websocket', (socket) => {
		socket.on('framesent', ({ payload }) => {
			if (!String(payload).includes('"consumer:ready"')) return;
			const ids = [...String(payload).matchAll(/"consumerId":"([^"]+)"/g)];
			asked.push(...ids.map(([, id]) => id ?? ''));
		});
	});
	await page.reload();
	await expect.poll(() => painted(page), SLOW).toEqual(['camera', 'document']);
	expect(wishes().filter((text) => text.includes('"wanted":-1'))).toEqual([]);
	// The face is small, and is asked for as such from the beginning: no large one is encoded in between.
	const more = wishes().slice(before);
	expect(more.filter((text) => /"wanted":[1-9]/.test(text))).toEqual([]);
	expect(asked.length).toBeGreaterThan(0);
	expect(asked).toEqual([...new Set(asked)]);
});
