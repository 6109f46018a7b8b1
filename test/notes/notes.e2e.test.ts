import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clerkOf } from '../e2e/call.ts';
import { atDesk, type Person } from '../e2e/people.ts';
import { Product } from '../platform/Product.ts';
import { wordsOf } from '../platform/words.ts';

const NOTES = /\/api\/v1\/cases\/[^/]+\/notes$/;

describe('notes on a case', () => {
	let product: Product;
	let clerk: Person;
	beforeAll(async () => {
		product = await Product.start();
		clerk = await atDesk(product, clerkOf(product));
		await clerk.page.getByRole('row').nth(1).getByRole('link').first().click();
		await clerk.page.waitForURL(/\/cases\/[0-9a-f-]{36}/);
	}, 300_000);
	afterAll(async () => {
		await clerk.pc.shutDown();
		await product.stop();
	});

	/** Until it is known to stand: then the line is empty again. */
	async function write(text: string): Promise<void> {
		const word = wordsOf('zh-CN');
		const line = clerk.page.getByRole('textbox', { name: word('notes_label') });
		await line.fill(text);
		await clerk.page.getByRole('button', { name: word('notes_submit') }).click();
		await expect.poll(() => line.inputValue()).toBe('');
	}
	const onTimeline = (text: string) => clerk.page.getByRole('log').getByText(text, { exact: true });

	it('a note stands on the timeline and in the tab of notes, newest first, with who wrote it', async () => {
		await write('材料已逐项清点。');
		await write('请许可地先看第 3 项。');
		await clerk.page.getByRole('tab', { name: wordsOf('zh-CN')('notes_tab') }).click();
		const listed = clerk.page.getByRole('tabpanel').getByRole('listitem');
		await expect.poll(() => listed.nth(0).innerText()).toContain('请许可地先看第 3 项。');
		expect(await listed.nth(1).innerText()).toContain('材料已逐项清点。');
		expect(await listed.nth(0).innerText()).toContain('收件地');
		expect(await onTimeline('请许可地先看第 3 项。').count()).toBe(1);
		expect(clerk.errors).toEqual([]);
	});

	it.each([
		['the hub does not know whether it stands', 503, 'SYS-9002'],
		['no answer comes in time', 504, 'SYS-9003'],
		['the answer is lost on its way', 0, ''],
	])('H-7 A3 when %s, the same note is sent again and stands once', async (what, status, code) => {
		const text = `补正告知书已打印，${what.length} 页。`;
		const sent: unknown[] = [];
		await clerk.page.route(NOTES, async (route) => {
			if (route.request().method() !== 'POST') return route.continue();
			sent.push(route.request().postDataJSON());
			if (sent.length > 1) return route.continue();
			// It reached the hub, which carried it out.
			await route.fetch();
			if (status === 0) return route.abort('connectionreset');
			const problem = { type: `urn:counter-hub:problem:${code}`, title: '', status, code };
			return route.fulfill({ status, json: problem, contentType: 'application/problem+json' });
		});
		await write(text);
		await clerk.page.unroute(NOTES);
		expect(sent).toHaveLength(2);
		expect(sent[1]).toEqual(sent[0]);
		await clerk.page.reload();
		await onTimeline(text).first().waitFor();
		expect(await onTimeline(text).count()).toBe(1);
	});
});
