/// <reference lib="dom" />
import type { Locator, Page } from 'playwright-core';
import { completeUscc } from '@counter-hub/shared/codes/uscc.ts';
import { installPaperCamera, SHEET } from '../papers/paperCamera.ts';
import { printPage } from '../papers/printPage.ts';
import { DENSE_PAGES } from '../papers/printedPages.ts';
import type { Person } from '../e2e/people.ts';
import type { Product } from '../platform/Product.ts';
import { wordsOf, type Language } from '../platform/words.ts';
import { photographLicence, SAMPLE_LICENCE } from '../reading/licence.ts';

/** Only ends what hangs, however busy the machine is. */
const SLOW = { timeout: 90_000, interval: 250 };
/** Printed pages, the last one with another enterprise's code than the case has. */
const [RESOLUTION, APPLICATION] = DENSE_PAGES;
const OTHER_USCC = completeUscc('91330100MA0000031');
const LICENCE = '营业执照';

export interface TourOptions {
	readonly product: Pick<Product, 'url'>;
	readonly clerk: Person;
	readonly approver: Person;
	readonly language?: Language;
	/** Called at every screen that is worth a look. */
	readonly look?: (page: Page, name: string) => Promise<void>;
}

/**
 * A clerk and an approver review papers that lie under a camera, as they would: three materials, one to be corrected,
 * one still marked, a licence of another enterprise found by reading it, a form filled under guidance, the notice; and
 * the second round, which passes.
 */
export class ReviewTour {
	readonly #product: Pick<Product, 'url'>;
	readonly #clerk: Person;
	readonly #approver: Person;
	readonly #word: (key: string) => string;
	readonly #look: NonNullable<TourOptions['look']>;

	constructor({ product, clerk, approver, language = 'zh-CN', look }: TourOptions) {
		this.#product = product;
		this.#clerk = clerk;
		this.#approver = approver;
		this.#word = wordsOf(language);
		this.#look = look ?? (() => Promise.resolve());
	}

	/** The clerk's next page has the camera for papers, and the papers are printed. */
	async prepare(): Promise<void> {
		const { page, pc } = this.#clerk;
		if (!RESOLUTION || !APPLICATION) throw new Error('no pages to print');
		const papers = [await printPage(pc.context, RESOLUTION), await printPage(pc.context, APPLICATION)];
		const { bytes } = await photographLicence(
			pc.context,
			{
				...SAMPLE_LICENCE,
				uscc: OTHER_USCC,
				qr: `http://www.gsxt.gov.cn/indeximp.html?uniscid=${OTHER_USCC}`,
			},
			{ width: 1920, height: 1080, tilt: 0, kind: 'png' },
		);
		papers.push({ name: LICENCE, picture: bytes.toString('base64'), lines: [] });
		const size = { width: 1920, height: 1080 };
		await page.addInitScript(installPaperCamera, {
			...size,
			label: 'fake_device_1',
			face: 'fake_device_0',
			sheet: SHEET,
		});
		await page.reload();
		this.#papers = papers;
	}
	#papers: readonly { readonly name: string; readonly picture: string }[] = [];

	async call(): Promise<void> {
		const { page } = this.#clerk;
		await page.getByRole('button', { name: this.#word('call_request') }).waitFor();
		await page.keyboard.press('F4');
		await page
			.getByRole('dialog')
			.getByRole('button', { name: /^(?:呼叫杭州|Call Hangzhou)/ })
			.click();
		await page.waitForURL(/\/call\//);
		await this.#approver.page.getByRole('alertdialog').first().waitFor();
		await this.#approver.page.keyboard.press('F2');
		await this.#approver.page.waitForURL(/\/call\//);
		await this.#row(this.#approver, 1).waitFor();
		const load = ([name, picture]: readonly [string, string]) => globalThis.paperCamera.load(name, picture);
		for (const { name, picture } of this.#papers) await page.evaluate(load, [name, picture] as const);
	}

	/** The first paper is crisp, and passes: a still of it is kept by itself. */
	async passFirst(): Promise<void> {
		const { page } = this.#approver;
		await page.keyboard.press('j');
		await this.#clerk.page.getByLabel(this.#word('reviews_lies')).getByText('变更申请书').first().waitFor();
		await this.#look(this.#clerk.page, 'review-wanted');
		await this.#lay(APPLICATION?.name);
		await page.locator('.tag').getByText(this.#word('papers_crisp'), { exact: true }).waitFor(SLOW);
		await this.#look(page, 'review-crisp');
		await page.keyboard.press('y');
		await this.#standing(1, 'pass');
		await this.#strip(1);
	}

	/** The second one is photographed, marked with a box, and needs a correction. */
	async correctSecond(reason: string, bring: string): Promise<void> {
		const { page } = this.#approver;
		await page.keyboard.press('j');
		await this.#lay(RESOLUTION?.name);
		await page.locator('.tag').getByText(this.#word('papers_crisp'), { exact: true }).waitFor(SLOW);
		await page.keyboard.press('s');
		await this.#strip(2);
		await this.#openStill(2);
		await page.keyboard.press('R');
		await this.#drag([0.42, 0.2], [0.58, 0.26]);
		await page.locator('[data-mark]').waitFor(SLOW);
		await page.keyboard.press('Escape');
		await page.keyboard.press('x');
		await this.#row(this.#approver, 2).getByPlaceholder(this.#word('reviews_reason_own')).fill(reason);
		await page.keyboard.press('Enter');
		await this.#row(this.#approver, 2).getByPlaceholder(this.#word('reviews_bring')).fill(bring);
		await page.keyboard.press('Tab');
		await this.#row(this.#clerk, 2).getByText(reason).waitFor();
		await this.#look(page, 'review-marked');
		await this.#look(this.#clerk.page, 'review-clerk');
	}

	/** The licence is another enterprise's: reading it says so, and a person decides. */
	async findMismatch(no: number): Promise<void> {
		const { page } = this.#approver;
		await page.keyboard.press('l');
		await this.#row(this.#approver, no).getByRole('button').first().click();
		await this.#lay(LICENCE);
		await page.locator('.tag').getByText(this.#word('papers_crisp'), { exact: true }).waitFor(SLOW);
		await page.keyboard.press('s');
		await this.#strip(3);
		await this.#openStill(no);
		await page.getByRole('tab', { name: this.#word('reading_tab'), exact: true }).click();
		// By its QR code, which is right or not there; print in small may be unsure.
		const found = page
			.locator('li[data-result=differs]')
			.filter({ hasText: OTHER_USCC.slice(-6) })
			.first();
		await found.waitFor(SLOW);
		await found.hover();
		await this.#look(page, 'review-reading');
		await page.getByRole('radio', { name: this.#word('reading_decide_differs') }).click();
		await page.getByText(this.#word('reading_verdict_differs')).first().waitFor();
	}

	/** The form of the item is filled while the approver looks on and points. */
	async fillForm(): Promise<void> {
		const pages = [this.#clerk.page, this.#approver.page] as const;
		for (const page of pages)
			await page.getByRole('tab', { name: this.#word('forms_tab'), exact: true }).click();
		const field = (page: Page) => page.locator('[data-path=domicile]').first();
		const [clerk, approver] = pages;
		await field(clerk).getByRole('textbox').fill('浙江省杭州市余杭区仓前街道文一西路1218号4幢301室');
		await field(approver).getByText('301').first().waitFor(SLOW);
		await this.#look(clerk, 'review-form-clerk');
		await this.#look(approver, 'review-form-approver');
		await approver.getByRole('tab', { name: this.#word('call_tab_materials') }).click();
	}

	/** By keyboard: the notice is made of the marks. Returns the address of the phone's page. */
	async requireCorrection(reason: string): Promise<string> {
		const [{ page: clerk }, { page: approver }] = [this.#clerk, this.#approver];
		await approver.keyboard.press('Control+Enter');
		await approver.getByRole('dialog').getByText(reason).first().waitFor();
		await this.#look(approver, 'review-conclusion');
		await approver.keyboard.press('Control+Enter');
		await clerk.getByRole('button', { name: this.#word('reviews_notice_print') }).waitFor(SLOW);
		await this.#look(clerk, 'review-result');
		await clerk.getByRole('button', { name: this.#word('reviews_notice_phone') }).click();
		await this.#look(clerk, 'review-code');
		const href = await clerk
			.getByRole('link', { name: this.#word('reviews_code_open') })
			.getAttribute('href');
		await clerk.keyboard.press('Escape');
		return `${this.#product.url}${href ?? ''}`;
	}

	/** The second round begins with what was asked, and passes. */
	async passSecondRound(reason: string): Promise<void> {
		const [{ page: clerk }, { page: approver }] = [this.#clerk, this.#approver];
		await clerk.getByRole('link', { name: this.#word('call_to_case') }).click();
		await clerk.waitForURL(/\/cases\//);
		await approver.goto(this.#product.url);
		await this.call();
		await this.#row(this.#approver, 2).getByRole('button').first().click();
		await this.#row(this.#approver, 2).getByText(reason).first().waitFor();
		await this.#lay(RESOLUTION?.name);
		await approver.locator('.tag').getByText(this.#word('papers_crisp'), { exact: true }).waitFor(SLOW);
		await this.#look(approver, 'review-second-round');
		await approver.keyboard.press('y');
		await this.#standing(2, 'pass');
		await approver.keyboard.press('Control+Enter');
		const dialog = approver.getByRole('dialog');
		await dialog.getByText(this.#word('call_conclusion_pass'), { exact: true }).click();
		await approver.keyboard.press('Control+Enter');
		await clerk.getByRole('link', { name: this.#word('call_to_case') }).click();
		await clerk.waitForURL(/\/cases\//);
		await clerk.getByRole('log').getByRole('button').first().waitFor();
		await this.#look(clerk, 'review-case');
	}

	#row({ page }: Person, no: number): Locator {
		return page.locator(`li[data-no="${no}"]`);
	}

	/** So many stills stand below the stage. */
	async #strip(n: number): Promise<void> {
		const count = this.#word('stills_count').replace('{n}', String(n));
		const strip = this.#approver.page.getByRole('region', { name: this.#word('stills_title'), exact: true });
		await strip.getByText(count).waitFor(SLOW);
	}

	async #standing(no: number, wanted: string): Promise<void> {
		for (const person of [this.#clerk, this.#approver])
			await person.page.locator(`li[data-no="${no}"][data-standing="${wanted}"]`).waitFor(SLOW);
	}

	async #lay(name = ''): Promise<void> {
		await this.#clerk.page.evaluate((paper) => globalThis.paperCamera.lay(paper), name);
	}

	/** The latest still of a material. */
	async #openStill(no: number): Promise<void> {
		const { page } = this.#approver;
		const label = this.#word('stills_label').replace('{no}', String(no));
		const name = new RegExp(`${label} · `);
		await page
			.locator('button.thumbnail')
			.filter({ hasText: label })
			.or(page.getByRole('button', { name }))
			.last()
			.click();
		await page.locator('.paper > img').waitFor(SLOW);
		// The paper under the camera, which is crisp by now, does not lie over it.
		await page.getByTestId('crisp').waitFor({ ...SLOW, state: 'detached' });
	}

	async #drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
		const { page } = this.#approver;
		const box = await page.getByTestId('marks').boundingBox();
		if (!box) throw new Error('there is no picture');
		const at = ([x, y]: readonly [number, number]) =>
			[box.x + box.width * x, box.y + box.height * y] as const;
		await page.mouse.move(...at(from));
		await page.mouse.down();
		await page.mouse.move(...at(to), { steps: 8 });
		await page.mouse.up();
	}
}
