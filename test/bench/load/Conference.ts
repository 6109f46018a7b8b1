import { setTimeout as sleep } from 'node:timers/promises';
import { LoadClient, type MediaSignal } from './LoadClient.ts';
import { fullPacketsPerSecond, type LoadSource } from './Stream.ts';

/** Finer steps keep sending even; coarser ones would come as bursts that no browser makes. */
const SEND_EVERY_MS = 4;
const FEEDBACK_EVERY_MS = 80;
const REPORT_EVERY_MS = 1000;

const CALLER: readonly LoadSource[] = ['microphone', 'camera', 'document'];
const CALLEE: readonly LoadSource[] = ['microphone', 'camera'];

export interface Traffic {
	/** Streams that arrived at a receiver. */
	streams: number;
	packets: number;
	bytes: number;
	lost: number;
}

/** Many calls of two at a time on one media server, each with five forwarded streams; silent until told to send. */
export class Conference {
	/** Of all forwarded streams together, while everybody gets the largest picture. */
	readonly fullPacketsPerSecond: number;
	private readonly clients: LoadClient[];

	private constructor(clients: LoadClient[]) {
		this.clients = clients;
		const perCall = [...CALLER, ...CALLEE].reduce((sum, source) => sum + fullPacketsPerSecond(source), 0);
		this.fullPacketsPerSecond = (perCall * clients.length) / 2;
	}

	/** @param enter joins the given room anew at every call */
	static async gather(calls: number, enter: (call: number) => Promise<MediaSignal>): Promise<Conference> {
		const clients: LoadClient[] = [];
		for (let call = 0; call < calls; call++) {
			clients.push(await LoadClient.join(await enter(call), CALLER));
			clients.push(await LoadClient.join(await enter(call), CALLEE));
		}
		return new Conference(clients);
	}

	/** Sends for `warmUpMs`, then runs `measure` while it goes on sending, then stops. */
	async sendWhile<T>(warmUpMs: number, measure: () => Promise<T>): Promise<T> {
		const each = (work: (client: LoadClient) => void) => () => {
			for (const client of this.clients) work(client);
		};
		const timers = [
			setInterval(() => {
				const now = performance.now();
				for (const client of this.clients) client.sendDue(now);
			}, SEND_EVERY_MS),
			setInterval(
				each((client) => client.sendFeedback()),
				FEEDBACK_EVERY_MS,
			),
			setInterval(
				each((client) => client.sendReports()),
				REPORT_EVERY_MS,
			),
		];
		try {
			await sleep(warmUpMs);
			return await measure();
		} finally {
			for (const timer of timers) clearInterval(timer);
		}
	}

	/** What has arrived so far. */
	traffic(): Traffic {
		const total: Traffic = { streams: 0, packets: 0, bytes: 0, lost: 0 };
		for (const client of this.clients) {
			for (const { packets, bytes, lost } of client.received.values()) {
				total.streams += packets > 0 ? 1 : 0;
				total.packets += packets;
				total.bytes += bytes;
				total.lost += lost;
			}
		}
		return total;
	}

	close(): void {
		for (const client of this.clients) client.close();
	}
}
