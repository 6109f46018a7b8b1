/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** What a page said and heard over its sockets and what kept it busy; milliseconds since 1970. */
interface Mark {
	what: string;
	at: number;
	/** How long the page did nothing else; only of long tasks. */
	ms?: number;
}

declare global {
	var marks: Mark[] | undefined;
}

/** Notes every message of Socket.IO by name and every long task, without a change of the page. */
export async function watchMarks(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const marks: Mark[] = [];
		globalThis.marks = marks;
		const note = (what: string) => marks.push({ what, at: performance.timeOrigin + performance.now() });
		const EVENT = /^42(?:\/[\w-]+,)?(\d*)\["([\w:-]+)"/;
		const ANSWER = /^43(?:\/[\w-]+,)?(\d+)\[/;
		const asked = new WeakMap<WebSocket, Map<string, string>>();
		type Send = (this: WebSocket, data: Parameters<WebSocket['send']>[0]) => void;
		const send = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'send')?.value as Send;
		const noted: Send = function (data) {
			const [, id = '', name] = (typeof data === 'string' && EVENT.exec(data)) || [];
			if (name !== undefined) {
				note(`→ ${name}`);
				asked.get(this)?.set(id, name);
			}
			send.call(this, data);
		};
		Reflect.set(WebSocket.prototype, 'send', noted);
		globalThis.WebSocket = new Proxy(WebSocket, {
			construct(target, args: ConstructorParameters<typeof WebSocket>) {
				const socket = new target(...args);
				const names = new Map<string, string>();
				asked.set(socket, names);
				socket.addEventListener('message', ({ data }) => {
					if (typeof data !== 'string') return;
					const name = EVENT.exec(data)?.[2];
					const answered = names.get(ANSWER.exec(data)?.[1] ?? '');
					if (name !== undefined) note(`← ${name}`);
					else if (answered !== undefined) note(`← answer to ${answered}`);
				});
				return socket;
			},
		});
		new PerformanceObserver((list) => {
			for (const { startTime, duration } of list.getEntries())
				marks.push({ what: 'long task', at: performance.timeOrigin + startTime, ms: duration });
		}).observe({ type: 'longtask' });
	});
}

/** What happened from the last click to the first remote frame: name and milliseconds after the click, first times only. */
export async function marksOfJoin(page: Page): Promise<Map<string, number>> {
	const found = await page.evaluate(() => {
		const { clickedAt = 0, frames = [] } = globalThis.frameLog ?? {};
		const frame = frames.find(({ paintedAt }) => paintedAt >= clickedAt);
		const until = frame?.paintedAt ?? 0;
		const noted = (globalThis.marks ?? []).filter(({ at, ms = 0 }) => at + ms >= clickedAt && at <= until);
		const busy = noted.reduce((sum, { ms = 0 }) => sum + ms, 0);
		const steps = noted.filter(({ ms }) => ms === undefined);
		return [
			...steps.map(({ what, at }) => [what, at - clickedAt] as const),
			['first frame: last packet', (frame?.receivedAt ?? 0) - clickedAt] as const,
			['first frame: painted', until - clickedAt] as const,
			['(in long tasks)', busy] as const,
		];
	});
	const first = new Map<string, number>();
	for (const [what, at] of found) if (!first.has(what)) first.set(what, at);
	return first;
}
