import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';

export interface MediaPages {
	/** A new page with its own storage. `fresh` answers when its client asks for another admission. */
	open(fresh?: () => MediaAdmission): Promise<Page>;
	close(): Promise<void>;
}

/** Keeps every connection and socket of the page within reach; must run before the page's own script. */
const HOOKS = `
	for (const [name, list] of [['RTCPeerConnection', 'connections'], ['WebSocket', 'lines']]) {
		const made = (globalThis[list] = []);
		globalThis[name] = new Proxy(globalThis[name], {
			construct(target, args) {
				const one = Reflect.construct(target, args);
				made.push(one);
				return one;
			},
		});
	}
`;
const HTML = `<!doctype html><body><script>${HOOKS}</script><script src="/page.js"></script></body>`;

const DEFAULT_CHROMIUM = '/usr/bin/chromium';

/**
 * Bundles the page with the real MediaClient, serves it and starts Chromium with three made-up cameras; with a file
 * (y4m) there is one camera, which gives that picture.
 */
export async function startMediaPages(cameraFile?: string): Promise<MediaPages> {
	const outDir = await mkdtemp(join(tmpdir(), 'media-page-'));
	const entry = resolve(import.meta.dirname, 'mediaPage.ts');
	await build({
		configFile: false,
		logLevel: 'error',
		root: import.meta.dirname,
		build: {
			outDir,
			emptyOutDir: true,
			lib: { entry, formats: ['iife'], name: 'page', fileName: () => 'page.js' },
		},
	});
	const script = await readFile(join(outDir, 'page.js'));
	const server = createServer((request, response) => {
		const isScript = request.url === '/page.js';
		response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
		response.end(isScript ? script : HTML);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	const browser: Browser = await chromium.launch({
		executablePath: process.env['CHROMIUM_BIN'] ?? DEFAULT_CHROMIUM,
		args: [
			'--no-sandbox',
			'--use-fake-ui-for-media-stream',
			'--use-fake-device-for-media-stream=device-count=3, fps=10',
			...(cameraFile === undefined ? [] : [`--use-file-for-fake-video-capture=${cameraFile}`]),
			'--allow-loopback-in-peer-connection',
			'--autoplay-policy=no-user-gesture-required',
			'--disable-backgrounding-occluded-windows',
			'--disable-renderer-backgrounding',
		],
	});
	return {
		async open(fresh) {
			const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
			const page = await context.newPage();
			page.on('pageerror', (error) => {
				process.stderr.write(`page: ${error.message}
`);
			});
			await page.exposeFunction('freshAdmission', () => {
				if (!fresh) throw new Error('no admission to be had');
				return fresh();
			});
			await page.goto(`http://127.0.0.1:${String(port)}/`);
			return page;
		},
		async close() {
			await browser.close();
			await new Promise((done) => server.close(done));
		},
	};
}
