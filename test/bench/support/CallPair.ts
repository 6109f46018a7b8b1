import type { Browser, BrowserContext, Page } from 'playwright-core';
import { z } from 'zod';
import { casePage } from '@counter-hub/shared/cases/cases.ts';
import { openShift } from '../../platform/openShift.ts';
import { cityOf, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { TestClient } from '../../platform/TestClient.ts';
import { openCase } from '../../sessions/newCounters.ts';
import { watchFrames } from './frames.ts';

export const signIns = z.array(
	z.object({ city: z.string(), role: z.string(), name: z.string(), password: z.string() }),
);
export type SignIns = z.infer<typeof signIns>;

const LIMIT_MS = 20_000;

/** A clerk of 松江 and an approver of 杭州, or of another city, in two browsers of their own, and a case between them. */
export class CallPair {
	readonly caller: Page;
	readonly callee: Page;
	private readonly contexts: BrowserContext[];
	private readonly url: string;
	readonly caseId: string;

	private constructor(url: string, caseId: string, contexts: BrowserContext[], pages: [Page, Page]) {
		this.url = url;
		this.caseId = caseId;
		this.contexts = contexts;
		[this.caller, this.callee] = pages;
	}

	/** One browser for both, or one for each. `watch` is given each page before it loads anything, the clerk's first. */
	static async create(
		browser: Browser | readonly [Browser, Browser],
		url: string,
		people: SignIns,
		watch: (page: Page) => Promise<void> = watchFrames,
		permit: CityCode = '330100',
	): Promise<CallPair> {
		const who = (city: string, role: string) => {
			// Another city is called by another clerk, so that nobody is in two pairs.
			const found = people
				.filter((each) => each.city === city && each.role === role)
				.at(permit === '330100' ? 0 : -1);
			if (!found) throw new Error(`no sign-in for ${city} ${role}`);
			return found;
		};
		const clerk = who('松江', 'clerk');
		const approver = who(cityOf(permit).zh, 'approver');
		const client = new TestClient(url);
		await client.signIn(clerk.name, clerk.password);
		const { cases } = casePage.parse(await client.get('/cases?limit=200'));
		const between = cases.find((one) => one.origin.cityCode === '310117' && one.permit.cityCode === permit);
		const caseId = between?.id ?? (await openCase(client, permit));
		const other = new TestClient(url);
		await other.signIn(approver.name, approver.password);
		await openShift(client);
		await openShift(other);
		const [first, second] = browser instanceof Array ? browser : [browser, browser];
		const contexts = [await first.newContext(), await second.newContext()];
		const pages: Page[] = [];
		for (const [index, person] of [clerk, approver].entries()) {
			const page = await contexts[index]!.newPage();
			page.setDefaultTimeout(LIMIT_MS);
			// Whoever leaves in mid-call is asked first.
			page.on('dialog', (dialog) => void dialog.accept());
			await watch(page);
			await page.goto(`${url}/sign-in`);
			await page.locator('input[name=username]').fill(person.name);
			await page.locator('input[name=password]').fill(person.password);
			await page.locator('button[type=submit]').click();
			await page.waitForURL((at) => !at.pathname.includes('sign-in'));
			await page.getByText('1号窗口', { exact: true }).click();
			await page.getByRole('button', { name: '在此窗口办公' }).click();
			await page.getByRole('dialog').waitFor({ state: 'detached' });
			pages.push(page);
		}
		return new CallPair(url, caseId, contexts, [pages[0]!, pages[1]!]);
	}

	/** Calls and waits until it rings on the other side. */
	async ring(): Promise<void> {
		await this.callee.goto(this.url);
		await this.caller.goto(`${this.url}/cases/${this.caseId}`);
		await this.caller.getByRole('button', { name: '请求远程指导' }).click();
		await this.caller.getByRole('button', { name: /^呼叫/ }).click();
		await this.caller.waitForURL(/\/call\//);
		await this.answerButton.waitFor();
	}

	/** Loads the called page anew while it rings: it knows of the call, but nothing has been made ready for it. */
	async reloadWhileRinging(): Promise<void> {
		await this.callee.reload();
		await this.answerButton.waitFor();
	}

	/** Answers with a click. */
	async answer(): Promise<void> {
		await this.answerButton.click();
	}

	/** Ends the call from the caller's side. */
	async hangUp(): Promise<void> {
		await this.caller.getByRole('button', { name: '挂断' }).click();
		await this.callee.getByRole('toolbar', { name: '通话控制' }).waitFor({ state: 'detached' });
	}

	async close(): Promise<void> {
		for (const context of this.contexts) await context.close();
	}

	private get answerButton() {
		return this.callee.getByRole('button', { name: '接听' }).first();
	}
}
