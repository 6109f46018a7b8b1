import type { Problem } from '@counter-hub/shared/errors/problem.ts';
import type {
	MediaHandshake,
	RoomEntry,
	RoomFloor,
	Welcome,
} from '@counter-hub/shared/media/mediaProtocol.ts';
import { rtpCapabilities } from '@counter-hub/shared/media/rtp.ts';
import { deviceFor, knownDevice } from './capabilities.ts';
import { LineWatch } from './LineWatch.ts';
import { MediaSocket, type RoomNotices } from './MediaSocket.ts';
import type { MediaPath } from './mediaTypes.ts';
import { problemOf } from './problems.ts';
import { WorkerLink } from './WorkerLink.ts';

/** One client's part in a room, as the line sees it. */
export interface LineMember extends RoomNotices {
	readonly roomId: string;
	/** The newest token that this client has. */
	readonly token: string;
	/** The node has let it in, or it is still in after a lost socket (`entry.resumed`). */
	onEntered(entry: RoomEntry): void;
	/** The node does not let it in; nothing more happens until `NodeLine.enter`. */
	onRefused(problem: Problem): void;
	/** The socket is lost; it is being brought back without anybody's help. */
	onLost(): void;
	/** A transport came up, was lost or came back. */
	onTransport(): void;
}

/**
 * This page's line to one media node: one socket, one pair of transports per worker, whatever is shown of however many
 * rooms. Each client is a member; the line ends with the last one.
 */
export class NodeLine {
	readonly #pageId: string;
	readonly #socket: MediaSocket;
	readonly #watch: LineWatch;
	readonly #onEmpty: () => void;
	readonly #path: MediaPath | undefined;
	readonly #members = new Map<string, LineMember>();
	/** Refused, and not asked for again yet. */
	readonly #refused = new Set<LineMember>();
	readonly #links = new Map<string, Promise<WorkerLink>>();
	#codecs: Pick<Welcome, 'capabilitiesId' | 'routerRtpCapabilities'> | null = null;
	#resumeSecret: string | undefined;
	/** Whose token the handshake shows. */
	#first: LineMember | null = null;
	/** Everybody was refused; the socket waits for a member with a newer token. */
	#stalled = false;
	#welcomed = false;
	#supplied = false;

	constructor(signalUrl: string, pageId: string, onEmpty: () => void, path?: MediaPath) {
		this.#path = path;
		this.#pageId = pageId;
		this.#onEmpty = onEmpty;
		this.#socket = new MediaSocket(signalUrl, () => this.#handshake(), {
			welcome: (welcome) => void this.#onWelcome(welcome),
			lost: () => {
				this.#welcomed = false;
				for (const member of this.#members.values()) member.onLost();
			},
			refused: (problem) => this.#onRefused(problem),
			of: (roomId) => this.#members.get(roomId),
		});
		this.#watch = new LineWatch(this.#socket, () => this.#standing());
	}

	get socket(): MediaSocket {
		return this.#socket;
	}
	/** The node has said what this page receives in the rooms that it was in. */
	get supplied(): boolean {
		return this.#supplied;
	}

	/** Enters a room, the first time or with a newer token after a refusal. */
	enter(member: LineMember): void {
		this.#members.set(member.roomId, member);
		this.#refused.delete(member);
		if (this.#welcomed) {
			void this.#ask(member);
		} else if (!this.#first) {
			// The socket is being opened already.
			this.#first = member;
		} else if (this.#stalled) {
			this.#try(member);
		}
	}

	/** Leaves the room; says so to the node unless it knows already. */
	leave(member: LineMember, isKnown: boolean): void {
		if (this.#members.get(member.roomId) !== member) return;
		this.#members.delete(member.roomId);
		this.#refused.delete(member);
		if (!isKnown && this.#socket.connected) {
			void this.#socket.request('leave', { roomId: member.roomId }).catch(() => undefined);
		}
		if (this.#members.size > 0) {
			if (this.#first === member) this.#tryNext();
			return;
		}
		this.#watch.stop();
		this.#socket.close();
		for (const workerId of [...this.#links.keys()]) this.discard(workerId);
		this.#onEmpty();
	}

	/** The page's transports on that worker, the same for every room there. */
	async linkTo(floor: RoomFloor): Promise<WorkerLink> {
		let link = this.#links.get(floor.workerId);
		if (!link) {
			link = this.#makeLink(floor);
			this.#links.set(floor.workerId, link);
		}
		return await link;
	}

	/** The worker is gone, and what was received and sent there with it. */
	discard(workerId: string): void {
		const link = this.#links.get(workerId);
		this.#links.delete(workerId);
		link?.then(
			(one) => one.close(),
			() => undefined,
		);
	}

	async #standing(): Promise<WorkerLink[]> {
		const links = await Promise.allSettled(this.#links.values());
		return links.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
	}

	#handshake(): MediaHandshake {
		const device = knownDevice();
		return {
			token: this.#first?.token ?? '',
			pageId: this.#pageId,
			...(this.#resumeSecret !== undefined && { resumeSecret: this.#resumeSecret }),
			...(device && { device }),
		};
	}

	async #makeLink(floor: RoomFloor): Promise<WorkerLink> {
		if (!this.#codecs) throw new Error('the node has not said its codecs');
		const { capabilitiesId, routerRtpCapabilities } = this.#codecs;
		const device = await deviceFor(capabilitiesId, routerRtpCapabilities);
		return new WorkerLink(this.#socket, device, this.#onlyBy(floor), () => {
			for (const member of this.#members.values()) member.onTransport();
		});
	}

	#onlyBy(floor: RoomFloor): RoomFloor {
		if (this.#path === undefined) return floor;
		const only = (one: RoomFloor['sendTransport']) => ({
			...one,
			iceCandidates: one.iceCandidates.filter(({ protocol }) => protocol === this.#path),
		});
		return {
			...floor,
			sendTransport: only(floor.sendTransport),
			receiveTransport: only(floor.receiveTransport),
		};
	}

	async #onWelcome(welcome: Welcome): Promise<void> {
		this.#welcomed = true;
		this.#resumeSecret = welcome.resumeSecret;
		this.#codecs = welcome;
		this.#supplied = welcome.ready;
		if (!welcome.resumed) for (const workerId of [...this.#links.keys()]) this.discard(workerId);
		else for (const link of this.#links.values()) void link.then((one) => one.revive());
		for (const member of [...this.#members.values()]) {
			const entry = welcome.rooms.find(({ roomId }) => roomId === member.roomId);
			if (entry) member.onEntered(entry);
			else if (!this.#refused.has(member)) void this.#ask(member);
		}
		for (const { roomId } of welcome.rooms) {
			// Left while the socket was away.
			if (!this.#members.has(roomId)) void this.#socket.request('leave', { roomId }).catch(() => undefined);
		}
		if (!welcome.ready) await this.#sayReady(welcome);
	}

	/** What was lost here with the socket is done anew after the next welcome. */
	async #sayReady({ capabilitiesId, routerRtpCapabilities }: Welcome): Promise<void> {
		try {
			const device = await deviceFor(capabilitiesId, routerRtpCapabilities);
			const own = rtpCapabilities.parse(device.recvRtpCapabilities);
			const { rooms } = await this.#socket.request('ready', { rtpCapabilities: own });
			this.#supplied = true;
			for (const offer of rooms) this.#members.get(offer.roomId)?.['consumers:new'](offer);
		} catch {
			// A socket that was lost brings its own welcome.
		}
	}

	async #ask(member: LineMember): Promise<void> {
		const { token, roomId } = member;
		try {
			const entry = await this.#socket.request('enter', { token });
			if (this.#members.get(roomId) === member) member.onEntered(entry);
		} catch (error) {
			// Without a socket the next welcome asks again.
			if (!this.#welcomed || this.#members.get(roomId) !== member) return;
			this.#refused.add(member);
			member.onRefused(problemOf(error));
		}
	}

	/** Of the one whose token was shown; the others try with theirs. */
	#onRefused(problem: Problem): void {
		const member = this.#first;
		if (!member) return;
		this.#refused.add(member);
		this.#tryNext();
		member.onRefused(problem);
	}

	#tryNext(): void {
		const next = [...this.#members.values()].find((member) => !this.#refused.has(member));
		this.#stalled = next === undefined && !this.#welcomed;
		if (next) this.#try(next);
	}

	#try(member: LineMember): void {
		this.#first = member;
		this.#stalled = false;
		if (!this.#welcomed) this.#socket.reconnect(0);
	}
}
