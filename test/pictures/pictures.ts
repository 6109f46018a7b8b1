import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { approverOf, clerkOf, openHangzhou } from '../e2e/call.ts';
import { atDesk, type Person } from '../e2e/people.ts';
import { closeBrowsers, Pc } from '../platform/browser.ts';
import { Product } from '../platform/Product.ts';
import { wordsOf, type Language } from '../platform/words.ts';
import { ReviewTour } from '../reviews/reviewTour.ts';
import { photographPaper } from './paper.ts';

/**
 * `npm run pictures`: screenshots of every screen of the running product, into `docs/pictures/`.
 * `--all`: in both languages (`--language=en`: in one), both themes and two sizes, into `test-results/pictures/`.
 */
const { values } = parseArgs({
	options: { all: { type: 'boolean', default: false }, language: { type: 'string' } },
});
const root = resolve(import.meta.dirname, '../..');
const folder = join(root, values.all ? 'test-results/pictures' : 'docs/pictures');
const SIZES = values.all
	? [
			{ width: 1366, height: 768 },
			{ width: 1920, height: 1080 },
		]
	: [{ width: 1366, height: 768 }];
const THEMES = values.all ? (['light', 'dark'] as const) : (['light'] as const);
const LANGUAGES = (['zh-CN', 'en'] as const).filter((one) =>
	values.all ? (values.language ?? one) === one : one === 'zh-CN',
);
let language: Language = 'zh-CN';
const word = (key: string) => wordsOf(language)(key);

/** One screen in every theme and size; the page keeps its state. */
async function take(page: Page, name: string): Promise<void> {
	for (const theme of THEMES) {
		await page.emulateMedia({ colorScheme: theme });
		for (const size of SIZES) {
			await page.setViewportSize(size);
			await page.waitForTimeout(400);
			const suffix = values.all ? `-${language}-${theme}-${size.width}` : '';
			await page.screenshot({ path: join(folder, `${name}${suffix}.png`) });
		}
	}
	console.log(name);
}

async function main(product: Product): Promise<void> {
	const clerk = await atDesk(product, clerkOf(product), { language });
	const approver = await atDesk(product, approverOf(product), { language });
	try {
		await takePagesOfClerk(product, clerk);
		await takeCall(clerk, approver);
		await takeOffices(product);
	} finally {
		await Promise.all([clerk.pc.shutDown(), approver.pc.shutDown()]);
	}
}

async function takePagesOfClerk(product: Product, { pc, page }: Person): Promise<void> {
	const visitor = await pc.open(product.url);
	await visitor.page.locator('input[autocomplete=username]').waitFor();
	await take(visitor.page, 'sign-in');
	await visitor.page.close();
	await take(page, 'desk');
	await page.goto(`${product.url}/cases`);
	await page.getByRole('row').nth(1).waitFor();
	await take(page, 'cases');
	await page.goto(`${product.url}/cases/new`);
	await page.getByLabel(word('case_new_uscc')).fill('91330100MA0000023Q');
	await take(page, 'new-case');
	await page.goto(product.url);
}

async function takeCall(clerk: Person, approver: Person): Promise<void> {
	const { page } = clerk;
	await page
		.getByRole('row', { name: /杭州澄砚精密仪器有限公司/ })
		.getByRole('link')
		.first()
		.click();
	await page.getByRole('log').getByRole('listitem').first().waitFor();
	await take(page, 'case');
	await page.keyboard.press('F4');
	await page
		.getByRole('dialog')
		.getByRole('textbox')
		.fill('股东会决议只写了落款日期，会议日期空着，请看是否要重出。');
	await take(page, 'request');
	await page
		.getByRole('dialog')
		.getByRole('button', { name: word('call_devices_check') })
		.click();
	await page.waitForTimeout(2_000);
	const paper = {
		name: '股东会决议.png',
		mimeType: 'image/png',
		buffer: await photographPaper(clerk.pc.context),
	};
	await page.locator('input[type=file]').setInputFiles(paper);
	await page.waitForTimeout(2_000);
	await take(page, 'preview');
	await page.getByRole('button', { name: word('call_preview_done') }).click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: /^(呼叫杭州|Call Hangzhou)/ })
		.click();
	await approver.page.getByRole('alertdialog').first().waitFor();
	await take(approver.page, 'incoming');
	await approver.page.keyboard.press('F2');
	await approver.page.waitForURL(/\/call\//);
	await approver.page.waitForTimeout(8_000);
	await take(approver.page, 'call-approver');
	await take(page, 'call-clerk');
	await approver.page.keyboard.press('Control+Enter');
	await approver.page
		.getByRole('dialog')
		.getByText(word('call_conclusion_correction'), { exact: true })
		.click();
	await approver.page
		.getByRole('dialog')
		.getByRole('textbox')
		.fill('首段会议召开日期空白，请补填并加盖公章。');
	await take(approver.page, 'conclusion');
	await approver.page
		.getByRole('dialog')
		.getByRole('button', { name: word('call_conclude_do_correction') })
		.click();
	await page.getByText('首段会议召开日期空白').first().waitFor();
	await take(page, 'result');
}

/** The live review, from the first paper to the second round: another product, since it needs the case as it was. */
async function takeReview(): Promise<void> {
	const product = await Product.startFirst();
	const clerk = await atDesk(product, clerkOf(product), { language });
	const approver = await atDesk(product, approverOf(product), { language });
	try {
		await openHangzhou(clerk);
		const tour = new ReviewTour({ product, clerk, approver, language, look: take });
		await tour.prepare();
		await tour.call();
		await tour.passFirst();
		await tour.correctSecond('第二页缺少骑缝章', '加盖骑缝章的任免文件原件');
		await tour.findMismatch(5);
		await tour.fillForm();
		const phone = await clerk.pc.open(await tour.requireCorrection('第二页缺少骑缝章'));
		await phone.page.getByText('第二页缺少骑缝章').waitFor();
		await take(phone.page, 'review-phone');
		await phone.page.close();
		await tour.passSecondRound('第二页缺少骑缝章');
	} finally {
		await Promise.all([clerk.pc.shutDown(), approver.pc.shutDown()]);
		await product.stop();
	}
}

async function takeOffices(product: Product): Promise<void> {
	const pc = await Pc.boot({ language });
	try {
		const supervisor = await pc.signIn(product.url, product.signIn('松江', 'supervisor'));
		await supervisor.page.getByRole('row').nth(1).waitFor();
		await take(supervisor.page, 'supervision');
		const ofAll = await pc.signIn(product.url, product.signIn('九城', 'supervisor'));
		await ofAll.page.getByRole('link', { name: word('figures_nav') }).click();
		await ofAll.page.getByRole('row').nth(1).waitFor();
		await take(ofAll.page, 'figures');
		await ofAll.page.getByRole('link', { name: word('links_nav') }).click();
		await ofAll.page.getByRole('gridcell').first().waitFor();
		await take(ofAll.page, 'links');
		await ofAll.page.goto(`${product.url}/matrix/wall`);
		await ofAll.page.getByRole('table').waitFor();
		await take(ofAll.page, 'links-wall');
		const administrator = await pc.signIn(product.url, product.signIn('九城', 'administrator'));
		await administrator.page.getByRole('row').nth(1).waitFor();
		await take(administrator.page, 'administration');
		await administrator.page.getByRole('link', { name: word('jobs_nav') }).click();
		await administrator.page.getByRole('table').first().waitFor();
		await take(administrator.page, 'jobs');
	} finally {
		await pc.shutDown();
	}
}

await mkdir(folder, { recursive: true });
for (language of LANGUAGES) {
	const product = await Product.startFirst();
	try {
		await main(product);
	} finally {
		await product.stop();
	}
	await takeReview();
}
await closeBrowsers();
