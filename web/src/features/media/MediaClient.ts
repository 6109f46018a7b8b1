import type { Problem } from '@counter-hub/shared/errors/problem.ts';
import type { MediaAdmission, MediaSource } from '@counter-hub/shared/media/grant.ts';
import type { ConsumerInfo, RoomFloor, Welcome } from '@counter-hub/shared/media/mediaProtocol.ts';
import { knownDevice } from './capabilities.ts';
import { LocalMedia } from './LocalMedia.ts';
import { RECONNECT_MAX_MS } from './mediaLimits.ts';
import { MediaSocket, type MediaSocketHandlers } from './MediaSocket.ts';
import {
	isOver,
	MediaError,
	type MediaClientOptions,
	type MediaQuality,
	type MediaState,
	type WantedQuality,
} from './mediaTypes.ts';
import { Observable } from './observable.ts';
import { participantNotices } from './participantNotices.ts';
import { clientProblem, isPassing, problemOf } from './problems.ts';
import { QualityMeter } from './quality.ts';
import { RoomLink } from './RoomLink.ts';
import { streamNotices } from './streamNotices.ts';
import { Wishes } from './Wishes.ts';

const pause = () => new Promise((resolve) => setTimeout(resolve, RECONNECT_MAX_MS));

/**
 * One page's part in one room of a media node. May exist several times side by side; knows nothing of Svelte.
 * `subscribe` follows Svelte's store contract: `fromStore(client).current` is the MediaState.
 *
 * - `connect(admission)` resolves when the node has let us in; rejects with MediaError when it refuses.
 * - `prepared()` resolves when everything that can be made ready before the call is answered is ready.
 * - `promote(token)` turns a lobby participant into a member; streams flow and local tracks are published at once.
 * - `publish(source, track)` may be called at any time: what cannot be published yet is as soon as it can.
 *   Tracks stay the caller's: the client never stops them.
 * - `replaceTrack(source, track)`, `mute(source)`, `unmute(source)`, `unpublish(source)`.
 * - `want(streamId, 'none' | 'low' | 'medium' | 'high')` says how much of a remote video is shown.
 * - `quality()` reads real statistics, at most once a second.
 * - `close()` leaves the room. A closed client is not used again.
 *
 * Lost sockets, rebuilt rooms and restarted nodes need no call: `connection` is `reconnecting`, then `connected`.
 */
export class MediaClient extends Observable<MediaState> {
	readonly #options: MediaClientOptions;
	readonly #local: LocalMedia;
	readonly #wishes = new Wishes(
		() => this.#link,
		() => this.#socket,
	);
	readonly #meter = new QualityMeter();
	#admission: MediaAdmission | null = null;
	#socket: MediaSocket | null = null;
	#link: RoomLink | null = null;
	#resumeSecret: string | undefined;
	#entered: PromiseWithResolvers<void> = Promise.withResolvers();
	/** Rises with every welcome and rebuild; work of an older one is given up. */
	#turn = 0;
	/** Streams that were offered while the link was still being built. */
	readonly #early: ConsumerInfo[] = [];

	constructor(options: MediaClientOptions) {
		super({ connection: 'idle', rights: null, participants: [], streams: [], local: [], problem: null });
		this.#options = options;
		this.#local = new LocalMedia({
			link: () => this.#link,
			socket: () => this.#socket,
			rights: () => this.state.rights,
			show: (local) => this.patch({ local }),
			refused: (problem) => this.patch({ problem }),
		});
	}

	async connect(admission: MediaAdmission): Promise<void> {
		if (this.#socket) throw new Error('this MediaClient is connected already');
		this.#admission = admission;
		this.#entered = Promise.withResolvers();
		this.patch({ connection: 'connecting', problem: null });
		this.#openSocket(admission);
		await this.#entered.promise;
	}

	async prepared(): Promise<void> {
		await this.#entered.promise;
		await this.until(({ connection }) => this.#link?.prepared === true || isOver(connection));
	}

	async promote(token: string): Promise<void> {
		if (!this.#admission || !this.#socket) throw new Error('connect first');
		this.#admission = { ...this.#admission, token, stage: 'member' };
		try {
			this.patch({ rights: await this.#socket.request('grant', { token }) });
		} catch (error) {
			// While the socket is away, the next handshake carries the token.
			if (!(error instanceof MediaError) || error.code !== 'SYS-9003') throw error;
		}
		await this.#local.publishAll();
	}

	async publish(source: MediaSource, track: MediaStreamTrack, { muted = false } = {}): Promise<void> {
		await this.#local.publish(source, track, muted);
	}

	/** `null` keeps the stream but sends nothing (a device that was unplugged). */
	async replaceTrack(source: MediaSource, track: MediaStreamTrack | null): Promise<void> {
		await this.#local.replaceTrack(source, track);
	}

	async mute(source: MediaSource): Promise<void> {
		await this.#local.setMuted(source, true);
	}

	async unmute(source: MediaSource): Promise<void> {
		await this.#local.setMuted(source, false);
	}

	/** Says to the viewers that a camera gives no new pictures, or gives them again. */
	async stall(source: MediaSource, stalled: boolean): Promise<void> {
		await this.#local.setStalled(source, stalled);
	}

	async unpublish(source: MediaSource): Promise<void> {
		await this.#local.unpublish(source);
	}

	async want(streamId: string, quality: WantedQuality): Promise<void> {
		await this.#wishes.set(streamId, quality);
	}

	async quality(): Promise<MediaQuality> {
		return await this.#meter.read(this.#link, this.state);
	}

	close(): void {
		if (this.state.connection === 'closed') return;
		if (this.#socket?.connected) void this.#tell(() => this.#socket?.request('leave', {}));
		this.#end('closed', null);
	}

	#openSocket(admission: MediaAdmission): void {
		this.#socket = new MediaSocket(
			admission.signalUrl,
			() => {
				const device = knownDevice();
				return {
					token: this.#admission?.token ?? admission.token,
					pageId: this.#options.pageId,
					...(this.#resumeSecret !== undefined && { resumeSecret: this.#resumeSecret }),
					...(device && { device }),
				};
			},
			this.#handlers(),
		);
	}

	#handlers(): MediaSocketHandlers {
		return {
			welcome: (welcome) => void this.#onWelcome(welcome),
			lost: () => {
				if (!isOver(this.state.connection) && this.state.connection !== 'connecting') {
					this.patch({ connection: 'reconnecting' });
				}
			},
			refused: (problem) => void this.#onRefused(problem),
			'room:rebuilding': () => this.patch({ connection: 'reconnecting' }),
			'room:rebuilt': (floor) => void this.#newFloor(floor, null),
			'room:closed': ({ reason }) => this.#end('removed', clientProblem('sessionOver', reason)),
			removed: ({ reason }) => this.#end('removed', clientProblem('notAllowed', reason)),
			superseded: () => this.#end('superseded', clientProblem('superseded')),
			...participantNotices(
				() => this.state.participants,
				(participants) => this.patch({ participants }),
			),
			'consumers:new': ({ generation, consumers }) => {
				if (this.#link?.generation === generation) void this.#tell(() => this.#link?.receive(consumers));
				else this.#early.push(...consumers);
			},
			...streamNotices(() => this.#link, this.#local),
			'rights:changed': (rights) => {
				this.patch({ rights });
				void this.#local.publishAll();
			},
		};
	}

	async #onWelcome(welcome: Welcome): Promise<void> {
		this.#resumeSecret = welcome.resumeSecret;
		this.patch({ rights: welcome.rights, participants: welcome.participants, problem: null });
		this.#entered.resolve();
		const link = this.#link;
		if (!welcome.resumed || !link || link.closed || link.generation !== welcome.generation) {
			await this.#newFloor(welcome, welcome.ready ? welcome.consumers : null);
			return;
		}
		this.#local.reconcile(welcome.streams);
		this.#showConnection();
		await this.#tell(() => Promise.all([link.reconcile(welcome.consumers), this.#local.publishAll()]));
		// What was wished while the socket was away has not reached the node.
		for (const { id } of this.state.streams) void this.#wishes.apply(id);
	}

	/** Everything anew, all at once: transports, what we receive, what we send. `consumers: null` asks for them. */
	async #newFloor(floor: RoomFloor, consumers: Welcome['consumers'] | null): Promise<void> {
		const turn = ++this.#turn;
		const socket = this.#socket;
		if (!socket) return;
		this.#link?.close();
		this.#link = null;
		this.#early.length = 0;
		this.#local.forgetLink();
		const link = await RoomLink.create(socket, floor, {
			streams: () => this.#showStreams(),
			transport: () => this.#showConnection(),
		});
		if (turn !== this.#turn || isOver(this.state.connection)) {
			link.close();
			return;
		}
		this.#link = link;
		this.#showConnection();
		const early = this.#early.splice(0);
		await this.#tell(() =>
			Promise.all([
				consumers ? link.receive([...consumers, ...early]) : link.ready(),
				this.#local.publishAll(),
			]),
		);
		// Until now the last pictures of before were shown.
		if (turn === this.#turn) this.#showStreams();
	}

	async #onRefused(problem: Problem): Promise<void> {
		const expired = problem.code === 'MEDIA-6002' || problem.code === 'MEDIA-6014';
		if (!expired && !isPassing(problem)) {
			this.#fail(problem);
			return;
		}
		if (this.state.connection !== 'connecting') this.patch({ connection: 'reconnecting' });
		if (!expired) await pause();
		const before = this.#admission;
		if (expired) this.#admission = await this.#freshAdmission();
		if (isOver(this.state.connection) || !this.#admission) return;
		if (before && before.signalUrl !== this.#admission.signalUrl) {
			this.#socket?.close();
			this.#resumeSecret = undefined;
			this.#openSocket(this.#admission);
		} else {
			this.#socket?.reconnect(0);
		}
	}

	/** Asks the hub again and again while what keeps it from answering passes; null when this client is over by then. */
	async #freshAdmission(): Promise<MediaAdmission | null> {
		while (!isOver(this.state.connection)) {
			try {
				return await this.#options.getAdmission();
			} catch (error) {
				const problem = problemOf(error);
				if (!isPassing(problem)) this.#fail(problem);
				else await pause();
			}
		}
		return null;
	}

	/** `CALL-5007` is the hub's word for what the node calls superseded. */
	#fail(problem: Problem): void {
		const elsewhere = problem.code === 'MEDIA-6011' || problem.code === 'CALL-5007';
		this.#end(elsewhere ? 'superseded' : 'failed', problem);
	}

	#end(connection: 'failed' | 'superseded' | 'removed' | 'closed', problem: Problem | null): void {
		this.#turn++;
		this.#socket?.close();
		this.#link?.close();
		this.#link = null;
		this.patch({ connection, problem, streams: [], participants: [] });
		if (problem) this.#entered.reject(new MediaError(problem));
		else this.#entered.resolve();
		this.#entered.promise.catch(() => undefined);
	}

	/** What fails here because the connection went away is repaired by the next welcome. */
	async #tell(work: () => Promise<unknown> | undefined): Promise<void> {
		try {
			await work();
		} catch {
			// The state shows what matters of it: `connection`, `streams` and `local`.
		}
	}

	#showStreams(): void {
		// By the track: over a new link the same stream is received anew, and all of it.
		const known = new Set(this.state.streams.map(({ track }) => track));
		const streams = this.#link?.streams ?? [];
		this.patch({ streams });
		for (const { id, track } of streams) if (!known.has(track)) void this.#wishes.apply(id);
	}

	#showConnection(): void {
		if (isOver(this.state.connection) || !this.#socket?.connected) return;
		this.patch({ connection: this.#link && !this.#link.broken ? 'connected' : 'reconnecting' });
	}
}
