import { openHangzhou } from '../e2e/call.ts';
import type { Person } from '../e2e/people.ts';
import { wordsOf, type Language } from '../platform/words.ts';
import type { LicencePicture } from './licence.ts';

/** The clerk opens the demo case of 杭州 and calls with a picture in place of the document camera. */
export async function callWithPaper(
	{ page }: Pick<Person, 'page'>,
	{ bytes }: Pick<LicencePicture, 'bytes'>,
	language: Language = 'zh-CN',
): Promise<void> {
	const word = wordsOf(language);
	await openHangzhou({ page });
	await page
		.getByRole('button', { name: /请求远程指导|Request/ })
		.first()
		.waitFor();
	await page.keyboard.press('F4');
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: word('call_devices_check') }).click();
	await page
		.locator('input[type=file]')
		.setInputFiles({ name: '营业执照.jpg', mimeType: 'image/jpeg', buffer: bytes });
	await page.getByRole('button', { name: '营业执照.jpg' }).waitFor();
	await page.getByRole('button', { name: word('call_preview_done') }).click();
	await dialog.getByRole('button', { name: /^(?:呼叫杭州|Call Hangzhou)/ }).click();
	await page.waitForURL(/\/call\//);
}
