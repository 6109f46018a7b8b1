import type { Page } from 'playwright-core';
import { Pc, type BrowserOptions, type Tab } from '../platform/browser.ts';
import { openShift } from '../platform/openShift.ts';
import { TestClient } from '../platform/TestClient.ts';
import type { Product, SignIn } from '../platform/Product.ts';
import { wordsOf, type Language } from '../platform/words.ts';
import { keepPeerConnections } from '../platform/watching.ts';

/** Somebody at a PC, signed in, at a window. */
export interface Person extends Tab {
	pc: Pc;
}

/** Boots a PC, signs in and chooses the first window where the page asks for one. */
export async function atDesk(
	product: Pick<Product, 'url'>,
	who: SignIn,
	{ shift = true, ...options }: BrowserOptions & Pick<TabOptions, 'shift'> = {},
): Promise<Person> {
	const pc = await Pc.boot(options);
	const { language = 'zh-CN' } = options;
	try {
		return { pc, ...(await newTab(pc, product, who, { language, shift })) };
	} catch (error) {
		await pc.shutDown();
		throw error;
	}
}

interface TabOptions {
	window?: boolean;
	/** Whether the person's shift is to be open, so that calls ring. */
	shift?: boolean;
	language?: Language;
}

/** Another tab of the same browser, in which somebody signs in. `window: false`: the PC has its window already. */
export async function newTab(
	pc: Pc,
	product: Pick<Product, 'url'>,
	who: SignIn,
	{ window = true, shift = true, language = 'zh-CN' }: TabOptions = {},
): Promise<Tab> {
	const tab = await pc.signIn(product.url, who, keepPeerConnections);
	if (window) await chooseWindow(tab.page, language);
	if (shift && (who.role === 'clerk' || who.role === 'approver')) await beginShift(product, who);
	return tab;
}

async function beginShift({ url }: Pick<Product, 'url'>, { name, password }: SignIn): Promise<void> {
	const client = new TestClient(url);
	await client.signIn(name, password);
	await openShift(client);
}

async function chooseWindow(page: Page, language: Language): Promise<void> {
	const word = wordsOf(language);
	const dialog = page.getByRole('dialog', { name: word('shell_window_title') });
	await page.getByText(word('shell_connected')).or(dialog).first().waitFor();
	if (!(await dialog.isVisible())) return;
	await dialog.getByRole('radio').first().check();
	await dialog.getByRole('button', { name: word('shell_window_submit') }).click();
	await dialog.waitFor({ state: 'hidden' });
}
