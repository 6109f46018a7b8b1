import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import { onTestFinished } from 'vitest';
import { LoadClient } from '../bench/load/LoadClient.ts';
import { productSignal } from '../bench/load/productSignal.ts';
import { ask, type TestClient } from '../platform/TestClient.ts';
import { openPage, type Page } from '../sessions/newCounters.ts';

const SEND_EVERY_MS = 10;
const REPORT_EVERY_MS = 500;

/** Somebody's page in a call, with real packets both ways, that goes where the hub says the room stands. */
export class Attendee {
	readonly page: Page;
	admission: MediaAdmission | undefined;
	#media: { client: LoadClient; stop: () => void } | undefined;
	#moving: Promise<void> = Promise.resolve();

	private constructor(page: Page) {
		this.page = page;
	}

	static async open(client: TestClient): Promise<Attendee> {
		const attendee = new Attendee(await openPage(client));
		onTestFinished(() => {
			attendee.rise();
		});
		return attendee;
	}

	/** Packets of the others that have come over the present way. */
	get packets(): number {
		return [...(this.#media?.client.received.values() ?? [])].reduce((sum, { packets }) => sum + packets, 0);
	}

	async sit(admission: MediaAdmission): Promise<void> {
		this.rise();
		const signal = await productSignal(admission.signalUrl, [admission.token]);
		const client = await LoadClient.join(signal, ['microphone', 'camera']);
		const timers = [
			setInterval(() => {
				client.sendDue(performance.now());
			}, SEND_EVERY_MS),
			setInterval(() => {
				client.sendReports();
			}, REPORT_EVERY_MS),
		];
		const stop = () => {
			for (const timer of timers) clearInterval(timer);
			client.close();
		};
		this.admission = admission;
		this.#media = { client, stop };
	}

	/** From now on it comes in elsewhere as soon as it hears that the room has moved. */
	follow(): void {
		this.page.socket.on('session:changed', ({ session: { id, nodeId } }) => {
			this.#moving = this.#moving.then(() => this.#goTo(id, nodeId)).catch(() => undefined);
		});
	}

	rise(): void {
		this.#media?.stop();
		this.#media = undefined;
	}

	async #goTo(sessionId: string, home: string | null): Promise<void> {
		if (!this.admission || home === this.admission.home) return;
		await this.sit((await ask(this.page.socket, 'session:admit', { sessionId, takeOver: false })).admission);
	}
}
