/** The process of a `Crowd`: holds the pages and answers its requests. */
import { Page } from './Page.ts';
import type { CrowdAnswer, CrowdRequests } from './Crowd.ts';

type Incoming = { [K in keyof CrowdRequests]: { request: K } & CrowdRequests[K] }[keyof CrowdRequests];

/** Handshakes under way at a time while the crowd gathers. */
const AT_ONCE = 50;

let pages: Page[] = [];
let present = 0;
let whenPresent: { count: number; tell: () => void } | undefined;
let received = 0;
let expected: { total: number; tell: () => void } = { total: 0, tell: () => undefined };

process.on('message', (message: Incoming) => {
	handle(message).then(answer, (error: unknown) => answer(String(error)));
});

function answer(error: unknown): void {
	const result: CrowdAnswer = {
		at: performance.timeOrigin + performance.now(),
		...(typeof error === 'string' ? { error } : {}),
	};
	process.send?.(result);
}

async function handle(message: Incoming): Promise<void> {
	switch (message.request) {
		case 'connect':
			await connect(message);
			return;
		case 'expect':
			received = 0;
			for (const page of pages) page.count(message.event);
			await new Promise<void>((resolve) => {
				expected = { total: message.messages * pages.length, tell: resolve };
			});
			return;
		case 'comeBack':
			await allPresent(pages.length);
			return;
		case 'close':
			for (const page of pages) page.close();
			pages = [];
			present = 0;
	}
}

async function connect({
	url,
	namespace,
	handshakes,
	firstMessages,
}: CrowdRequests['connect']): Promise<void> {
	for (let from = 0; from < handshakes.length; from += AT_ONCE) {
		for (const handshake of handshakes.slice(from, from + AT_ONCE)) {
			let greetings = firstMessages;
			const page = new Page(url, namespace, handshake, {
				in() {
					present++;
					for (const text of greetings) page.send(text);
					greetings = [];
					if (whenPresent && present >= whenPresent.count) whenPresent.tell();
				},
				lost: () => present--,
				refused(why) {
					console.error(`a page was refused: ${why}`);
				},
				counted() {
					if (++received === expected.total) expected.tell();
				},
			});
			pages.push(page);
			page.open();
		}
		await allPresent(pages.length);
	}
}

function allPresent(count: number): Promise<void> {
	return new Promise((resolve) => {
		whenPresent = { count, tell: resolve };
		if (present >= count) resolve();
	});
}
