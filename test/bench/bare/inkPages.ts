/**
 * The baseline of `annotate`: two pages with a sheet, and a Socket.IO server between them that hands on what it is
 * told. The path of a stroke grows on both; no rights, no pictures, nothing kept. A page answers to what
 * `watchInk` looks for.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { Server } from 'socket.io';

const PAGE = `<!doctype html>
<style>body { margin: 0 } [data-testid=marks] { position: fixed; inset: 60px 320px 60px 60px }
svg { position: absolute; inset: 0; width: 100%; height: 100%; will-change: transform }
path { fill: none; stroke: #c00; stroke-width: 3 } .label { position: absolute; left: 0; top: 0 }</style>
<div data-testid="marks"><svg><path/></svg></div>
<script src="/socket.io/socket.io.js"></script>
<script>
const sheet = document.querySelector('[data-testid=marks]');
const path = document.querySelector('path');
const line = io({ transports: ['websocket'] });
let points = [];
const show = () => path.setAttribute('d', 'M' + points.join(' '));
sheet.addEventListener('pointerdown', () => { points = []; });
sheet.addEventListener('pointerrawupdate', ({ clientX, clientY, buttons }) => {
	if (buttons !== 1) return;
	const box = sheet.getBoundingClientRect();
	points.push(Math.round(clientX - box.x), Math.round(clientY - box.y));
	show();
	line.volatile.emit('say', { from: Math.max(0, points.length - 34), points: points.slice(-34) });
});
line.on('said', (said) => {
	points = points.slice(0, said.from).concat(said.points);
	show();
	let label = sheet.querySelector('.label');
	if (!label) {
		label = document.createElement('span');
		label.className = 'label ink';
		label.textContent = 'pen';
		sheet.append(label);
	}
	label.style.translate = points.at(-2) + 'px ' + points.at(-1) + 'px';
});
</script>`;

export interface InkPages {
	/** Where it is drawn. */
	readonly callee: Page;
	/** Where it is seen. */
	readonly caller: Page;
	close(): Promise<void>;
}

/** `watch` is given each page before it loads anything. */
export async function openInkPages(
	browser: Browser,
	watch: (page: Page) => Promise<void>,
): Promise<InkPages> {
	const http = createServer((_request, response) => {
		response.setHeader('content-type', 'text/html');
		response.end(PAGE);
	});
	const io = new Server(http, { transports: ['websocket'] });
	io.on('connection', (socket) => {
		socket.on('say', (said) => socket.broadcast.volatile.emit('said', said));
	});
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	const { port } = http.address() as AddressInfo;
	const [callee, caller] = [await open(), await open()];
	return {
		callee,
		caller,
		close: async () => {
			for (const page of [callee, caller]) await page.context().close();
			await io.close();
		},
	};

	async function open(): Promise<Page> {
		const page = await (await browser.newContext()).newPage();
		await watch(page);
		await page.goto(`http://127.0.0.1:${port}/`);
		return page;
	}
}
