import type { ExchangeTask } from '@counter-hub/shared/links/exchanges.ts';
import { ask, TestClient, type TestSocket } from '../../platform/TestClient.ts';
import { checkedWindow } from '../../checks/checkedWindow.ts';
import { GOOD } from '../../links/goodLink.ts';
import { LoadClient } from './LoadClient.ts';
import { productSignal } from './productSignal.ts';

const SEND_EVERY_MS = 4;
const FEEDBACK_EVERY_MS = 80;
const REPORT_EVERY_MS = 1000;
/** Of a picture's frame at full size; what is told needs no decoding. */
const PACKETS_A_FRAME = 4;

/** A counter without a browser: sends made-up pictures and sound, counts what comes, and tells it, as a page does. */
export class LinkCounter {
	readonly #socket: TestSocket;
	readonly #timer: NodeJS.Timeout;
	readonly #rooms = new Map<string, () => void>();

	private constructor(socket: TestSocket) {
		this.#socket = socket;
		socket.on('link:measure', (task) => void this.#take(task).catch(() => undefined));
		socket.on('link:done', ({ exchangeId }) => this.#leave(exchangeId));
		// What is under way when it closes has no answer.
		this.#timer = setInterval(() => void this.#ready().catch(() => undefined), 10_000);
	}

	/** Comes online as a checked window. */
	static async open(url: string, name: string, password: string): Promise<LinkCounter> {
		const client = new TestClient(url);
		await client.signIn(name, password);
		const counter = new LinkCounter(await client.socket({ windowId: await checkedWindow(client) }));
		await counter.#ready();
		return counter;
	}

	close(): void {
		clearInterval(this.#timer);
		for (const id of [...this.#rooms.keys()]) this.#leave(id);
		this.#socket.close();
	}

	async #ready(): Promise<void> {
		for (const task of (await ask(this.#socket, 'link:ready', {})).exchanges)
			void this.#take(task).catch(() => undefined);
	}

	async #take({ exchangeId, admission, seconds }: ExchangeTask): Promise<void> {
		if (this.#rooms.has(exchangeId)) return;
		this.#rooms.set(exchangeId, () => undefined);
		const enteredAt = performance.now();
		const signal = await productSignal(admission.signalUrl, [admission.token]);
		const client = await LoadClient.join(signal, ['microphone', 'camera']);
		const timers = [
			setInterval(() => client.sendDue(performance.now()), SEND_EVERY_MS),
			setInterval(() => client.sendFeedback(), FEEDBACK_EVERY_MS),
			setInterval(() => client.sendReports(), REPORT_EVERY_MS),
		];
		const leave = () => {
			for (const timer of timers) clearInterval(timer);
			client.close();
		};
		// Over meanwhile.
		if (!this.#rooms.has(exchangeId)) {
			leave();
			return;
		}
		this.#rooms.set(exchangeId, leave);
		const streams = () => [...client.received.values()].filter(({ packets }) => packets > 0);
		while (this.#rooms.has(exchangeId) && streams().length < 2) await pause(20);
		const firstMs = performance.now() - enteredAt;
		const before = streams().map(({ packets }) => packets);
		await pause(seconds * 1000);
		const counts = streams().map(({ packets }, at) => packets - (before[at] ?? 0));
		const frames = Math.round(Math.max(0, ...counts) / PACKETS_A_FRAME);
		const lost = streams().reduce((sum, one) => sum + Math.max(0, one.lost), 0);
		const received = streams().reduce((sum, one) => sum + one.packets, 0);
		await ask(this.#socket, 'link:report', {
			exchangeId,
			measured: {
				...GOOD,
				seconds,
				picture: { ...GOOD.picture, frames, framesPerSecond: frames / seconds, firstMs },
				sound: { ...GOOD.sound, packets: Math.max(0, Math.min(...counts)) },
				lossPercent: received + lost === 0 ? 0 : (100 * lost) / (received + lost),
			},
		});
	}

	#leave(exchangeId: string): void {
		this.#rooms.get(exchangeId)?.();
		this.#rooms.delete(exchangeId);
	}
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
