import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { modestCameras } from './modestCameras.ts';
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
/** Ten pictures a second are what many a document camera gives, and drawing them takes more of the machine than a call. */
const FAKE_DEVICES = [
	'--use-fake-device-for-media-stream=device-count=3, fps=10',
	'--use-fake-ui-for-media-stream',
];

export interface BrowserOptions {
	/** Without fake devices: a PC that has neither camera nor microphone. */
	devices?: boolean;
	/** The page's own choice, which it keeps per PC. */
	language?: Language;
	theme?: 'light' | 'dark';
	width?: number;
	height?: number;
	/** Of its cameras, which are 16:9. What a call costs the machine is mostly their pictures, and few tests look at their size. */
	lines?: number;
}

/** Of this process, by whether they have devices: starting one takes as long as many a test. */
const browsers = new Map<boolean, Promise<Browser>>();

function browserWith(devices: boolean): Promise<Browser> {
	const running = browsers.get(devices);
	if (running) return running;
	const starting = chromium.launch({
		executablePath: process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium',
		headless: true,
		args: devices ? [...FLAGS, ...FAKE_DEVICES] : FLAGS,
	});
	browsers.set(devices, starting);
	return starting;
}

/** Ends every Chromium that PCs of this process have used. */
export async function closeBrowsers(): Promise<void> {
	const running = [...browsers.values()];
	browsers.clear();
	await Promise.all(running.map(async (browser) => (await browser).close()));
}

/** One PC: a profile of its own in a real Chromium. */
export class Pc {
	readonly context: BrowserContext;

	private constructor(context: BrowserContext) {
		this.context = context;
	}

	static async boot({
		devices = true,
		language = 'zh-CN',
		theme = 'light',
		width = 1366,
		height = 768,
		lines = 720,
	}: BrowserOptions = {}) {
		const browser = await browserWith(devices);
		const context = await browser.newContext({
			viewport: { width, height },
			locale: language,
			colorScheme: theme,
			timezoneId: 'Asia/Shanghai',
			// So that what is missing is the device and not the permission.
			...(!devices && { permissions: ['camera', 'microphone'] }),
		});
		context.setDefaultTimeout(45_000);
		await context.addInitScript(modestCameras, { width: (lines * 16) / 9, height: lines });
		await context.addInitScript((chosen) => {
			localStorage.setItem('PARAGLIDE_LOCALE', chosen);
		}, language);
		return new Pc(context);
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
