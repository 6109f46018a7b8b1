/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillSignIn, Pc } from '../platform/browser.ts';
import { Product } from '../platform/Product.ts';
import { wordsOf, type Language } from '../platform/words.ts';
import { expectAccessible } from './accessible.ts';
import { answer, approverOf, callHangzhou, clerkOf } from './call.ts';
import { atDesk } from './people.ts';

describe('every page, for everybody', () => {
	let product: Product;
	beforeAll(async () => {
		product = await Product.start();
	}, 300_000);
	afterAll(() => product.stop());

	it('X1 sign-in, desk, cases, a case, a new case and a call have no serious axe violation', async () => {
		const clerk = await atDesk(product, clerkOf(product));
		const approver = await atDesk(product, approverOf(product));
		try {
			const { page } = clerk;
			await expectAccessible(page, 'desk');
			await page.goto(`${product.url}/cases`);
			await page.getByRole('row').nth(1).waitFor();
			await expectAccessible(page, 'cases');
			await page.goto(`${product.url}/cases/new`);
			await page.getByLabel('统一社会信用代码').waitFor();
			await expectAccessible(page, 'new case');
			await page.goto(product.url);
			await callHangzhou(clerk);
			await approver.page.getByRole('alertdialog').first().waitFor();
			await expectAccessible(approver.page, 'ringing');
			await answer(approver);
			await approver.page.getByText('通话中').first().waitFor();
			await expectAccessible(approver.page, 'call of the approver');
			await expectAccessible(page, 'call of the clerk');
			await approver.page.keyboard.press('Control+Enter');
			await approver.page.getByRole('dialog').waitFor();
			await expectAccessible(approver.page, 'conclusion');
			expect([...clerk.errors, ...approver.errors]).toEqual([]);
		} finally {
			await Promise.all([clerk.pc.shutDown(), approver.pc.shutDown()]);
		}
	}, 240_000);

	it('F21 a tab that came back without a click says beforehand that its ring needs one', async () => {
		const { pc, page: signedIn } = await atDesk(product, approverOf(product));
		try {
			const needsClick = wordsOf('zh-CN')('call_ring_needs_click');
			const kept = await signedIn.evaluate(() => Object.entries(sessionStorage) as [string, string][]);
			await signedIn.close();
			// The page itself tells of the word: whatever Playwright asks in a page counts as a click there.
			const { promise: told, resolve } = Promise.withResolvers<undefined>();
			const { page } = await pc.open(product.url, async (tab) => {
				await tab.exposeFunction('tellTest', () => resolve(undefined));
				await tab.addInitScript(
					([storage, word]) => {
						for (const [key, value] of storage) sessionStorage.setItem(key, value);
						const { tellTest } = globalThis as unknown as { tellTest: () => void };
						new MutationObserver(() => {
							if (document.documentElement.innerText.includes(word)) tellTest();
						}).observe(document, { childList: true, subtree: true });
					},
					[kept, needsClick] as const,
				);
			});
			await told;
			await page.mouse.click(2, 400);
			await page.getByText(needsClick).waitFor({ state: 'hidden' });
			await page.getByText(wordsOf('zh-CN')('shell_connected')).first().waitFor();
		} finally {
			await pc.shutDown();
		}
	}, 90_000);

	it('X2 an administrator creates a person, who chooses a password and is cut off when disabled; a supervisor reads only', async () => {
		const pc = await Pc.boot();
		try {
			const { page } = await pc.signIn(product.url, product.signIn('九城', 'administrator'));
			await page.waitForURL(/\/admin/);
			await expectAccessible(page, 'administration');
			await page.getByRole('button', { name: '新增人员' }).first().click();
			const dialog = page.getByRole('dialog', { name: '新增人员' });
			await dialog.getByLabel('工号（登录用）').fill('310117-0999');
			await dialog.getByLabel('姓名').fill('顾彤');
			await dialog.getByLabel('所在专窗').selectOption({ label: '松江专窗' });
			await dialog.getByRole('button', { name: '新增并生成初始密码' }).click();
			const once = page.getByRole('dialog', { name: '顾彤 的一次性密码' });
			const password = (await once.locator('code').innerText()).trim();
			await once.getByRole('button', { name: '已交给本人' }).click();

			const other = await pc.open(product.url);
			await fillSignIn(other.page, { name: '310117-0999', password });
			await other.page.locator('input[autocomplete=new-password]').first().fill('橙子与灯塔-2026');
			await other.page.locator('input[autocomplete=new-password]').last().fill('橙子与灯塔-2026');
			await other.page.keyboard.press('Enter');
			await other.page.getByRole('navigation').first().waitFor();

			const supervisor = await pc.signIn(product.url, product.signIn('松江', 'supervisor'));
			await supervisor.page.waitForURL(/\/supervision/);
			await supervisor.page.getByRole('row').nth(1).waitFor();
			await expectAccessible(supervisor.page, 'supervision');
			await supervisor.page.getByRole('row').nth(1).getByRole('link').first().click();
			await supervisor.page.waitForURL(/\/cases\//);
			await supervisor.page.getByRole('log').waitFor();
			await expectAccessible(supervisor.page, 'case');
			expect(await supervisor.page.getByRole('button', { name: /请求远程指导/ }).count()).toBe(0);
		} finally {
			await pc.shutDown();
		}
	}, 120_000);

	it('S4.1 U-3 U-4 an administrator registers a city, opens its counter, and every page has it at once; its name changes everywhere', async () => {
		const word = wordsOf('zh-CN');
		const pc = await Pc.boot();
		try {
			const { page, errors } = await pc.signIn(product.url, product.signIn('九城', 'administrator'));
			const supervisor = await pc.signIn(product.url, product.signIn('九城', 'supervisor'));
			const ofAll = word('cases_facts_supervision').replace('{cities}', word('cases_allCities'));
			await supervisor.page.getByText(ofAll).waitFor();
			const filter = supervisor.page.getByRole('combobox').filter({ hasText: '合肥' });
			await page.getByRole('tab', { name: word('cities_tab') }).click();
			await expectAccessible(page, 'cities');
			const add = page.getByRole('button', { name: word('cities_new') });
			await add.click();
			const dialog = page.getByRole('dialog');
			const fill = async (values: Record<string, string>) => {
				for (const [key, value] of Object.entries(values)) await dialog.getByLabel(word(key)).fill(value);
			};
			await fill({ cities_code: '33020', cities_letters: 'hz', cities_zh: '宁波', cities_en: 'Ningbo' });
			const register = dialog.getByRole('button', { name: word('cities_register') });
			await register.click();
			await dialog.getByText(word('cities_code_wrong')).waitFor();
			await fill({ cities_code: '330200' });
			await register.click();
			await dialog.getByText('编号字母 HZ 已被另一城市使用。').waitFor();
			await expectAccessible(page, 'a new city');
			await fill({ cities_letters: 'nb' });
			await register.click();
			await page.getByRole('row', { name: '330200 宁波 Ningbo NB' }).waitFor();
			// The other page has not been touched.
			await expect.poll(() => filter.innerText()).toContain('宁波');
			await supervisor.page.getByText(ofAll).waitFor();

			await page.getByRole('tab', { name: word('people_tab_counters') }).click();
			await page.getByRole('button', { name: word('counters_new') }).click();
			await dialog.getByLabel(word('counters_city')).selectOption({ label: '宁波' });
			await fill({ counters_name: '宁波专窗', counters_centre: '宁波市政务服务中心' });
			await dialog.getByRole('button', { name: word('counters_create') }).click();
			await page.getByRole('button', { name: '宁波 宁波专窗' }).waitFor();

			await page.getByRole('tab', { name: word('cities_tab') }).click();
			await page.getByRole('button', { name: word('cities_editOf').replace('{city}', '宁波') }).click();
			await fill({ cities_zh: '宁波市', cities_place: '1' });
			await dialog.getByRole('button', { name: word('cities_save') }).click();
			await page.getByRole('row', { name: '330200 宁波市 Ningbo NB' }).waitFor();
			await expect.poll(() => filter.innerText()).toContain('宁波市');

			const stranger = await pc.open(product.url);
			await stranger.page.getByText('另有：宁波市').waitFor();
			expect([...errors, ...supervisor.errors, ...stranger.errors]).toEqual([]);
		} finally {
			await pc.shutDown();
		}
	}, 120_000);

	it.each<Language>(['zh-CN', 'en'])(
		'X1 daily figures and jobs are reached by the bar and have no serious axe violation (%s)',
		async (language) => {
			const word = wordsOf(language);
			const pc = await Pc.boot({ language });
			try {
				const supervisor = await pc.signIn(product.url, product.signIn('九城', 'supervisor'));
				const { page } = supervisor;
				await page.getByRole('link', { name: word('figures_nav') }).click();
				// One request at least: the call of the test before.
				const hangzhou = page.getByRole('row', { name: /杭州专窗/ });
				await hangzhou.getByRole('cell').nth(1).waitFor();
				await expectAccessible(page, 'figures');
				const day = page.getByLabel(word('figures_day'), { exact: true });
				const today = await day.inputValue();
				// Yesterday may have some: demo cases are a few hours old, and midnight may lie between.
				await day.fill('2020-01-02');
				await page.getByRole('button', { name: word('figures_before') }).press('Enter');
				await page.getByText(word('figures_empty')).waitFor();
				expect(await day.inputValue()).toBe('2020-01-01');
				await expectAccessible(page, 'figures of a day without any');
				await page.route('**/figures?*', (route) => route.abort());
				await page.getByRole('button', { name: word('figures_after') }).press('Enter');
				await page.getByText('NET-8001').waitFor();
				expect(await day.inputValue()).toBe('2020-01-02');
				await page.unroute('**/figures?*');
				await page.getByRole('button', { name: word('common_retry') }).click();
				await page.getByText(word('figures_empty')).waitFor();
				await day.fill(today);
				await hangzhou.waitFor();

				const administrator = await pc.signIn(product.url, product.signIn('九城', 'administrator'));
				const jobs = administrator.page;
				await jobs.getByRole('link', { name: word('jobs_nav') }).click();
				await jobs.getByRole('row', { name: word('figures_title') }).waitFor();
				await jobs.getByText(word('jobs_noneParked')).waitFor();
				await expectAccessible(jobs, 'jobs');
				await jobs.route('**/jobs', (route) => route.abort());
				await jobs.getByText(word('jobs_stale')).waitFor();
				await expectAccessible(jobs, 'jobs that are not up to date');
				expect([...supervisor.errors, ...administrator.errors]).toEqual([]);
			} finally {
				await pc.shutDown();
			}
		},
		120_000,
	);

	it('X1 sign-in says what is wrong, in English too, and has no serious axe violation', async () => {
		const pc = await Pc.boot({ language: 'en' });
		try {
			const { page } = await pc.open(product.url);
			await page.getByRole('heading', { name: 'Sign in' }).waitFor();
			// Nothing that it asked for stays open.
			await page.waitForLoadState('networkidle');
			await expectAccessible(page, 'sign-in');
			await fillSignIn(page, { name: '310117-0203', password: 'certainly wrong' });
			await page.getByText('AUTH-2001').first().waitFor();
			expect(await page.locator('input[autocomplete=username]').inputValue()).toBe('310117-0203');
		} finally {
			await pc.shutDown();
		}
	});
});
