import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { Random } from '../faults/random.ts';
import { TestPeer } from '../media/TestPeer.ts';
import { openShift } from '../platform/openShift.ts';
import { ask, type TestClient, type TestSocket } from '../platform/TestClient.ts';

/** A token lives for minutes; a page that is opened long after asks for a new one, as a browser does. */
const REFRESHED_AFTER_MS = 4 * 60_000;

/** Somebody's page: a line to the hub, and one to the media node while in a call. */
export class Desk {
	readonly client: TestClient;
	readonly #random: Random;
	#pageId: string = newId();
	#socket: TestSocket | undefined;
	#peer: TestPeer | undefined;
	#refreshedAt = performance.now();

	constructor(client: TestClient, random: Random) {
		this.client = client;
		this.#random = random;
	}

	/** The line to the hub, opened where there is none. */
	async line(): Promise<TestSocket> {
		if (this.#socket?.connected) return this.#socket;
		if (performance.now() - this.#refreshedAt > REFRESHED_AFTER_MS) {
			await this.client.refresh();
			this.#refreshedAt = performance.now();
		}
		const socket = await this.client.socket({ pageId: this.#pageId });
		await ask(socket, 'presence:renew', { windowId: null });
		await openShift(this.client);
		return (this.#socket = socket);
	}

	async watch(caseId: string): Promise<void> {
		await ask(await this.line(), 'case:watch', { caseId, head: 0 });
	}

	/** Into the room of a call, with camera and microphone, taking what is there. */
	async enter({ signalUrl, token }: MediaAdmission): Promise<void> {
		this.#peer?.close();
		const peer = (this.#peer = await TestPeer.join(signalUrl, { token, pageId: this.#pageId }));
		await peer.ready();
		if (peer.welcome.rights.publish.length > 0) {
			await peer.produce('microphone');
			await peer.produce('camera');
		}
		await this.take();
	}

	/** Receives whatever has come up. */
	async take(): Promise<void> {
		const peer = this.#peer;
		if (!peer?.socket.connected) return;
		const { rooms } = await peer.ask('ready', { rtpCapabilities: peer.welcome.routerRtpCapabilities });
		const consumers = rooms.flatMap((room) =>
			room.consumers.map(({ consumerId }) => ({ consumerId, wanted: 3 })),
		);
		if (consumers.length > 0) await peer.ask('consumer:ready', { consumers });
	}

	/** Anything that happens to a page in a call; it goes on with the call unless its tab was closed. */
	async mishap(sessionId: string): Promise<void> {
		const mishap = this.#random.pick(['none', 'reload', 'hub line', 'media line', 'closed'] as const);
		if (mishap === 'none') return;
		if (mishap === 'closed') {
			this.vanish();
			return;
		}
		if (mishap === 'media line') {
			await this.#resume();
			return;
		}
		this.#socket?.io.engine.close();
		this.#socket = undefined;
		if (mishap === 'hub line') return;
		this.#dropPeer();
		this.#pageId = newId();
		const admitted = await ask(await this.line(), 'session:admit', { sessionId, takeOver: true });
		await this.enter(admitted.admission);
	}

	/** Says good-bye to the room; the line to the hub stays. */
	leave(): void {
		this.#peer?.close();
		this.#peer = undefined;
	}

	/** Ends all lines in the middle of a word; the next one is a new page. */
	vanish(): void {
		this.#socket?.io.engine.close();
		this.#socket = undefined;
		this.#dropPeer();
		this.#pageId = newId();
	}

	/** Closes the page as a browser does. */
	close(): void {
		this.leave();
		this.#socket?.close();
		this.#socket = undefined;
	}

	#dropPeer(): void {
		this.#peer?.socket.io.engine.close();
		this.#peer = undefined;
	}

	/** The socket to the node breaks, and the page comes back to the same transports. */
	async #resume(): Promise<void> {
		const before = this.#peer;
		if (!before) return;
		const { resumeSecret } = before.welcome;
		const { auth, io } = before.socket;
		this.#dropPeer();
		const { token } = auth as { token: string };
		const url = new URL((io as unknown as { uri: string }).uri).origin;
		this.#peer = await TestPeer.join(url, { token, pageId: this.#pageId, resumeSecret });
		await this.take();
	}
}
