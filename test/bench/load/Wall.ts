import { setTimeout as sleep } from 'node:timers/promises';
import { LoadClient, type MediaSignal } from './LoadClient.ts';

const SEND_EVERY_MS = 4;
const FEEDBACK_EVERY_MS = 80;
const REPORT_EVERY_MS = 1000;

/** Publishers of one camera and one microphone each, and whoever watches them; silent until told to send. */
export class Wall {
	private readonly clients: LoadClient[];

	private constructor(clients: LoadClient[]) {
		this.clients = clients;
	}

	/**
	 * @param publishers one signal per room
	 * @param viewers one signal per viewer, each of which may be in many rooms
	 */
	static async gather(publishers: readonly MediaSignal[], viewers: readonly MediaSignal[]): Promise<Wall> {
		const clients: LoadClient[] = [];
		for (const signal of publishers) clients.push(await LoadClient.join(signal, ['microphone', 'camera']));
		for (const signal of viewers) clients.push(await LoadClient.join(signal, []));
		return new Wall(clients);
	}

	/** Sends for `warmUpMs`, then runs `measure` while it goes on sending, then stops. */
	async sendWhile<T>(warmUpMs: number, measure: () => Promise<T>): Promise<T> {
		const every = (ms: number, work: (client: LoadClient) => void) =>
			setInterval(() => {
				for (const client of this.clients) work(client);
			}, ms);
		const timers = [
			every(SEND_EVERY_MS, (client) => client.sendDue(performance.now())),
			every(FEEDBACK_EVERY_MS, (client) => client.sendFeedback()),
			every(REPORT_EVERY_MS, (client) => client.sendReports()),
		];
		try {
			await sleep(warmUpMs);
			return await measure();
		} finally {
			for (const timer of timers) clearInterval(timer);
		}
	}

	/** Packets that have arrived so far. */
	packets(): number {
		return this.clients
			.flatMap(({ received }) => [...received.values()])
			.reduce((sum, { packets }) => sum + packets, 0);
	}

	close(): void {
		for (const client of this.clients) client.close();
	}
}
