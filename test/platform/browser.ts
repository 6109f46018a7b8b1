import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import type { SignIn } from './Product.ts';
import type { Language } from './words.ts';

const FLAGS = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	// Where a machine has no network but loopback, WebRTC needs to be told that loopback will do.
	'--allow-loopback-in-peer-connection',
];
const FAKE_DEVICES = ['--use-fake-device-for-media-stream=device-count=3', '--use-fake-ui-for-media-stream'];

export interface BrowserOptions {
	/** Without fake devices: a PC that has neither camera nor microphone. */
	devices?: boolean;
	/** The page's own choice, which it keeps per PC. */
	language?: Language;
	theme?: 'light' | 'dark';
	width?: number;
	height?: number;
}

/** One PC: a real Chromium with a profile of its own. */
export class Pc {
	readonly context: BrowserContext;
	readonly #profile: string;

	private constructor(context: BrowserContext, profile: string) {
		this.context = context;
		this.#profile = profile;
	}

	static async boot({
		devices = true,
		language = 'zh-CN',
		theme = 'light',
		width = 1366,
		height = 768,
	}: BrowserOptions = {}) {
		const profile = await mkdtemp(join(tmpdir(), 'counter-hub-pc-'));
		const context = await chromium.launchPersistentContext(profile, {
			executablePath: process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium',
			headless: true,
			args: devices ? [...FLAGS, ...FAKE_DEVICES] : FLAGS,
			viewport: { width, height },
			locale: language,
			colorScheme: theme,
			timezoneId: 'Asia/Shanghai',
			// So that what is missing is the device and not the permission.
			...(!devices && { permissions: ['camera', 'microphone'] }),
		});
		context.setDefaultTimeout(45_000);
		await context.addInitScript((chosen) => {
			localStorage.setItem('PARAGLIDE_LOCALE', chosen);
		}, language);
		return new Pc(context, profile);
	}

	/** A tab. Errors that the page throws fail the test that looks at `errors`. */
	async open(url: string, prepare: (page: Page) => Promise<void> = () => Promise.resolve()): Promise<Tab> {
		const page = await this.context.newPage();
		await prepare(page);
		const errors: string[] = [];
		page.on('pageerror', (error) => errors.push(error.message));
		await page.goto(url);
		return { page, errors };
	}

	/** A tab in which somebody has signed in. */
	async signIn(url: string, who: SignIn, prepare?: (page: Page) => Promise<void>): Promise<Tab> {
		const tab = await this.open(url, prepare);
		await fillSignIn(tab.page, who);
		await tab.page.getByRole('navigation').first().waitFor();
		return tab;
	}

	async shutDown(): Promise<void> {
		await this.context.close();
		await rm(this.#profile, { recursive: true, force: true });
	}
}

export interface Tab {
	page: Page;
	errors: string[];
}

export async function fillSignIn(
	page: Page,
	{ name, password }: Pick<SignIn, 'name' | 'password'>,
): Promise<void> {
	await page.locator('input[autocomplete=username]').fill(name);
	await page.locator('input[autocomplete=current-password]').fill(password);
	await page.keyboard.press('Enter');
}
