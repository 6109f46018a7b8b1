import type { Product } from '../platform/Product.ts';
import type { Person } from './people.ts';

/** The clerk opens the demo case that waits for 杭州. */
export async function openHangzhou({ page }: Pick<Person, 'page'>): Promise<void> {
	await page
		.getByRole('row', { name: /杭州澄砚精密仪器有限公司/ })
		.getByRole('link')
		.first()
		.click();
	await page.waitForURL(/\/cases\//);
}

/** The clerk opens the demo case that waits for 杭州, and calls its permit-side counter. */
export async function callHangzhou({ page }: Pick<Person, 'page'>, note = ''): Promise<string> {
	await openHangzhou({ page });
	return callAgain({ page }, note);
}

/** Calls from the case that is open. Returns the address of the case. */
export async function callAgain({ page }: Pick<Person, 'page'>, note = ''): Promise<string> {
	const address = page.url();
	await page.getByRole('button', { name: /请求远程指导/ }).waitFor();
	await page.keyboard.press('F4');
	const dialog = page.getByRole('dialog');
	if (note !== '') await dialog.getByRole('textbox').fill(note);
	await dialog.getByRole('button', { name: /^呼叫杭州/ }).click();
	await page.waitForURL(/\/call\//);
	return address;
}

export async function answer({ page }: Pick<Person, 'page'>): Promise<void> {
	await page.getByRole('alertdialog').first().waitFor();
	await page.keyboard.press('F2');
	await page.waitForURL(/\/call\//);
}

/** The permit side concludes that something is to be corrected, which ends the call. */
export async function askForCorrection({ page }: Pick<Person, 'page'>, what: string): Promise<void> {
	await page.keyboard.press('Control+Enter');
	const dialog = page.getByRole('dialog', { name: '作出审查结论' });
	await dialog.getByText('补正', { exact: true }).click();
	await dialog.getByRole('textbox').fill(what);
	await dialog.getByRole('button', { name: /要求补正并结束/ }).click();
}

/** Ends the call from the clerk's side and goes back to the case. */
export async function hangUp({ page }: Pick<Person, 'page'>): Promise<void> {
	await page.getByRole('button', { name: /挂断/ }).first().click();
	await page
		.getByText('已挂断，未作结论')
		.or(page.getByRole('link', { name: '返回办件' }))
		.first()
		.waitFor();
}

/** The demo sign-ins of the two sides. */
export const clerkOf = (product: Product) => product.signIn('松江', 'clerk');
export const approverOf = (product: Product) => product.signIn('杭州', 'approver');
