import { CHECK_TIMEOUT_MS, MEND_INTERVAL_MS, WATCH_INTERVAL_MS } from './mediaLimits.ts';
import type { MediaSocket } from './MediaSocket.ts';
import type { WorkerLink } from './WorkerLink.ts';

/**
 * Notices within seconds that the way to a node is gone, though nobody says so: the PC has another address, or a router
 * forgot it. Sockets would hang until their ping is missed, and ICE trusts a pair for some seconds more. So where media
 * came steadily and stops, the socket is asked for an answer; without one it is opened anew, and then the transports
 * get new ICE.
 */
export class LineWatch {
	readonly #socket: MediaSocket;
	readonly #links: () => Promise<WorkerLink[]>;
	readonly #timer: ReturnType<typeof setInterval>;
	#isLooking = false;
	#mendedAt = -Infinity;

	constructor(socket: MediaSocket, links: () => Promise<WorkerLink[]>) {
		this.#socket = socket;
		this.#links = links;
		this.#timer = setInterval(() => void this.#look(), WATCH_INTERVAL_MS);
	}

	stop(): void {
		clearInterval(this.#timer);
	}

	/** While the socket is away its return is being worked on already; the next welcome looks after the transports. */
	async #look(): Promise<void> {
		if (this.#isLooking || !this.#socket.connected) return;
		this.#isLooking = true;
		try {
			const links = await this.#links();
			await Promise.all(links.map((link) => link.listen()));
			const silent = links.filter((link) => link.silent);
			if (silent.length > 0 && performance.now() - this.#mendedAt >= MEND_INTERVAL_MS)
				await this.#mend(silent);
		} finally {
			this.#isLooking = false;
		}
	}

	async #mend(silent: readonly WorkerLink[]): Promise<void> {
		this.#mendedAt = performance.now();
		if (!(await this.#socket.answers(CHECK_TIMEOUT_MS))) this.#socket.renew();
		else await Promise.all(silent.map((link) => link.revive()));
	}
}
