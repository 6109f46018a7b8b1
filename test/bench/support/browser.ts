import { chromium, type Browser } from 'playwright-core';

/**
 * Headless Chromium with a made-up camera (640×480) and microphone, allowed without asking. `proxy`: the address of a
 * SOCKS5 proxy through which all its connections go, those to this machine too. `flags` come last.
 */
export async function launchBrowser(proxy?: string, flags: readonly string[] = []): Promise<Browser> {
	const executablePath = process.env.CHROMIUM_BIN;
	if (executablePath === undefined) throw new Error('CHROMIUM_BIN must name the Chromium to use');
	return await chromium.launch({
		executablePath,
		...(proxy !== undefined && { proxy: { server: proxy, bypass: '<-loopback>' } }),
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			'--use-fake-ui-for-media-stream',
			'--use-fake-device-for-media-stream',
			'--autoplay-policy=no-user-gesture-required',
			'--allow-loopback-in-peer-connection',
			// Two windows side by side on a counter PC are never throttled; headless ones would be.
			'--disable-backgrounding-occluded-windows',
			'--disable-renderer-backgrounding',
			'--disable-background-timer-throttling',
			...flags,
		],
	});
}
