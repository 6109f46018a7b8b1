import type { CDPSession, Page } from 'playwright-core';

/** A Chinese input method, as the browser hears one. */
export class InputMethod {
	readonly #cdp: CDPSession;

	private constructor(cdp: CDPSession) {
		this.#cdp = cdp;
	}

	static async of(page: Page): Promise<InputMethod> {
		return new InputMethod(await page.context().newCDPSession(page));
	}

	/** Shows `text` as being composed, not yet taken. */
	async compose(...texts: string[]): Promise<void> {
		for (const text of texts) {
			await this.#cdp.send('Input.imeSetComposition', {
				text,
				selectionStart: text.length,
				selectionEnd: text.length,
			});
		}
	}

	async commit(text: string): Promise<void> {
		await this.#cdp.send('Input.insertText', { text });
	}

	/** A key that goes to the composition: the page hears it too. */
	async key(key: string): Promise<void> {
		const code = { windowsVirtualKeyCode: 229, key, code: key };
		await this.#cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...code });
		await this.#cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...code });
	}
}
