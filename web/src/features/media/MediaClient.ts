import type { Problem } from '@counter-hub/shared/errors/problem.ts';
import type { MediaAdmission, MediaSource } from '@counter-hub/shared/media/grant.ts';
import type { RoomFloor, Welcome } from '@counter-hub/shared/media/mediaProtocol.ts';
import { knownDevice } from './capabilities.ts';
import { applySending, newLocal, shown, type Local } from './LocalStreams.ts';
import { QUALITY_MIN_INTERVAL_MS, RECONNECT_MAX_MS } from './mediaLimits.ts';
import { MediaSocket, type MediaSocketHandlers } from './MediaSocket.ts';
import {
	MediaError,
	type MediaClientOptions,
	type MediaConnection,
	type MediaQuality,
	type MediaState,
	type WantedQuality,
} from './mediaTypes.ts';
import { Observable } from './observable.ts';
import { QualityMeter } from './quality.ts';
import { RoomLink } from './RoomLink.ts';

const OVER: readonly MediaConnection[] = ['failed', 'superseded', 'removed', 'closed'];
const LAYER = { low: 0, medium: 1, high: 2 } as const;

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
	readonly #local = new Map<MediaSource, Local>();
	readonly #wanted = new Map<string, WantedQuality>();
	readonly #meter = new QualityMeter();
	#admission: MediaAdmission | null = null;
	#socket: MediaSocket | null = null;
	#link: RoomLink | null = null;
	#resumeSecret: string | undefined;
	#entered = Promise.withResolvers<void>();
	#quality: { at: number; value: Promise<MediaQuality> } | null = null;
	/** Rises with every welcome and rebuild; work of an older one is given up. */
	#turn = 0;

	constructor(options: MediaClientOptions) {
		super({ connection: 'idle', rights: null, participants: [], streams: [], local: [], problem: null });
		this.#options = options;
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
		await new Promise<void>((resolve) => {
			const check = () => {
				if (this.#link?.prepared || OVER.includes(this.state.connection)) {
					queueMicrotask(() => {
						unsubscribe();
					});
					resolve();
				}
			};
			const unsubscribe = this.subscribe(check);
		});
	}

	async promote(token: string): Promise<void> {
		if (this.#admission) this.#admission = { ...this.#admission, token, stage: 'member' };
		if (!this.#socket) throw new Error('connect first');
		const rights = await this.#socket.request('grant', { token });
		this.patch({ rights });
		await this.#publishAll();
	}

	async publish(source: MediaSource, track: MediaStreamTrack, { muted = false } = {}): Promise<void> {
		const known = this.#local.get(source);
		if (known) {
			known.muted = muted;
			await this.replaceTrack(source, track);
			return;
		}
		const local = newLocal(source, track, muted);
		this.#local.set(source, local);
		await applySending(local);
		this.#showLocal();
		await this.#publishOne(local);
	}

	/** `null` keeps the stream but sends nothing (a device that was unplugged). */
	async replaceTrack(source: MediaSource, track: MediaStreamTrack | null): Promise<void> {
		const local = this.#local.get(source);
		if (!local) return;
		local.track = track;
		if (local.producer) await local.producer.replaceTrack({ track });
		else await this.#publishOne(local);
		await applySending(local);
		this.#showLocal();
	}

	async mute(source: MediaSource): Promise<void> {
		await this.#setMuted(source, true);
	}

	async unmute(source: MediaSource): Promise<void> {
		await this.#setMuted(source, false);
	}

	async unpublish(source: MediaSource): Promise<void> {
		const local = this.#local.get(source);
		if (!local) return;
		this.#local.delete(source);
		const there = local.acknowledged;
		this.#link?.unpublish(local);
		this.#showLocal();
		if (there) await this.#tell(() => this.#socket?.request('stream:close', { streamId: local.streamId }));
	}

	async want(streamId: string, quality: WantedQuality): Promise<void> {
		this.#wanted.set(streamId, quality);
		await this.#applyWanted(streamId);
	}

	async quality(): Promise<MediaQuality> {
		const now = performance.now();
		if (!this.#quality || now - this.#quality.at >= QUALITY_MIN_INTERVAL_MS) {
			this.#quality = { at: now, value: this.#measure() };
		}
		return await this.#quality.value;
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
				if (!OVER.includes(this.state.connection) && this.state.connection !== 'connecting') {
					this.patch({ connection: 'reconnecting' });
				}
			},
			refused: (problem) => void this.#onRefused(problem),
			'room:rebuilding': () => {
				this.patch({ connection: 'reconnecting' });
			},
			'room:rebuilt': (floor) => void this.#newFloor(floor, null),
			'room:closed': ({ reason }) => {
				this.#end('removed', over('CALL-5003', 'This session has ended', reason));
			},
			removed: ({ reason }) => {
				this.#end('removed', over('AUTH-2008', 'Your role does not allow this', reason));
			},
			superseded: () => {
				this.#end('superseded', over('MEDIA-6011', 'This call was taken over by another page'));
			},
			'participant:joined': (participant) => {
				const others = this.state.participants.filter(
					(one) => one.participantId !== participant.participantId,
				);
				this.patch({ participants: [...others, participant] });
			},
			'participant:changed': (participant) => {
				const participants = this.state.participants.map((one) =>
					one.participantId === participant.participantId ? participant : one,
				);
				this.patch({ participants });
			},
			'participant:left': ({ participantId }) => {
				this.patch({
					participants: this.state.participants.filter((one) => one.participantId !== participantId),
				});
			},
			'consumers:new': ({ generation, consumers }) => {
				if (this.#link?.generation === generation) void this.#tell(() => this.#link?.receive(consumers));
			},
			'consumer:closed': ({ consumerId }) => this.#link?.drop(consumerId),
			'consumer:paused': ({ consumerId }) => this.#link?.setPaused(consumerId, true),
			'consumer:resumed': ({ consumerId }) => this.#link?.setPaused(consumerId, false),
			'stream:wanted': ({ streamId, wanted }) => {
				const local = this.#localById(streamId);
				if (!local) return;
				local.wanted = wanted;
				void applySending(local).then(() => {
					this.#showLocal();
				});
			},
			'stream:closed': ({ streamId }) => {
				const local = this.#localById(streamId);
				if (local) this.#link?.unpublish(local);
				this.#showLocal();
			},
			'rights:changed': (rights) => {
				this.patch({ rights });
				void this.#publishAll();
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
		const held = new Map(welcome.streams.map(({ streamId, wanted }) => [streamId, wanted]));
		for (const local of this.#local.values()) {
			const wanted = held.get(local.streamId);
			local.acknowledged = wanted !== undefined;
			if (wanted !== undefined) local.wanted = wanted;
			void applySending(local);
		}
		this.#showConnection();
		await this.#tell(() => Promise.all([link.reconcile(welcome.consumers), this.#publishAll()]));
	}

	/** Everything anew, all at once: transports, what we receive, what we send. `consumers: null` asks for them. */
	async #newFloor(floor: RoomFloor, consumers: Welcome['consumers'] | null): Promise<void> {
		const turn = ++this.#turn;
		const socket = this.#socket;
		if (!socket) return;
		this.#link?.close();
		this.#link = null;
		for (const local of this.#local.values())
			Object.assign(local, { producer: null, acknowledged: false, busy: false });
		const link = await RoomLink.create(socket, floor, {
			streams: () => {
				this.#showStreams();
			},
			transport: () => {
				this.#showConnection();
			},
		});
		if (turn !== this.#turn || OVER.includes(this.state.connection)) {
			link.close();
			return;
		}
		this.#link = link;
		this.#showConnection();
		await this.#tell(() =>
			Promise.all([consumers ? link.receive(consumers) : link.ready(), this.#publishAll()]),
		);
		// Until now the last pictures of before were shown.
		if (turn === this.#turn) this.#showStreams();
	}

	async #publishAll(): Promise<void> {
		await Promise.all([...this.#local.values()].map((local) => this.#publishOne(local)));
	}

	async #publishOne(local: Local): Promise<void> {
		const { rights } = this.state;
		const link = this.#link;
		if (!link || rights?.stage !== 'member' || local.acknowledged || local.busy || !local.track) return;
		if (!rights.publish.some(({ source }) => source === local.source)) return;
		local.busy = true;
		try {
			await (local.producer ? link.announce(local) : link.publish(local));
			await this.#afterPublishing(local, link);
		} catch (error) {
			// A link or socket that went away meanwhile brings its own next attempt.
			if (error instanceof MediaError && error.code !== 'SYS-9003' && this.#link === link) {
				this.patch({ problem: error.problem });
			}
		} finally {
			if (this.#link === link) local.busy = false;
			this.#showLocal();
		}
	}

	/** Track or mute may have changed, or the stream been given up, while the node was being asked. */
	async #afterPublishing(local: Local, link: RoomLink): Promise<void> {
		if (this.#local.get(local.source) !== local) {
			link.unpublish(local);
			await this.#socket?.request('stream:close', { streamId: local.streamId });
			return;
		}
		if (local.producer && local.producer.track !== local.track) {
			await local.producer.replaceTrack({ track: local.track });
		}
		await applySending(local);
	}

	async #setMuted(source: MediaSource, muted: boolean): Promise<void> {
		const local = this.#local.get(source);
		if (!local || local.muted === muted) return;
		local.muted = muted;
		await applySending(local);
		this.#showLocal();
		const event = muted ? 'stream:pause' : 'stream:resume';
		if (local.acknowledged)
			await this.#tell(() => this.#socket?.request(event, { streamId: local.streamId }));
	}

	async #applyWanted(streamId: string): Promise<void> {
		const wanted = this.#wanted.get(streamId);
		const consumers = this.#link?.consumersOf(streamId) ?? [];
		if (wanted === undefined) return;
		for (const { consumerId, spatialLayers } of consumers) {
			await this.#tell(async () => {
				if (wanted === 'none') {
					await this.#socket?.request('consumer:pause', { consumerId });
					return;
				}
				const spatialLayer = Math.min(LAYER[wanted], spatialLayers - 1);
				await this.#socket?.request('consumer:layers', { consumerId, spatialLayer });
				if (this.state.rights?.stage === 'member') {
					await this.#socket?.request('consumer:resume', { consumerId });
				}
			});
		}
	}

	async #onRefused(problem: Problem): Promise<void> {
		const expired = problem.code === 'MEDIA-6002' || problem.code === 'MEDIA-6014';
		if (problem.code === 'MEDIA-6011') {
			this.#end('superseded', problem);
		} else if (expired || problem.status >= 500) {
			if (this.state.connection !== 'connecting') this.patch({ connection: 'reconnecting' });
			await new Promise((resolve) => setTimeout(resolve, expired ? 0 : RECONNECT_MAX_MS));
			await this.#readmit(expired);
		} else {
			this.#end('failed', problem);
		}
	}

	async #readmit(fresh: boolean): Promise<void> {
		try {
			const before = this.#admission;
			if (fresh) this.#admission = await this.#options.getAdmission();
			if (OVER.includes(this.state.connection) || !this.#admission) return;
			if (before && before.signalUrl !== this.#admission.signalUrl) {
				this.#socket?.close();
				this.#resumeSecret = undefined;
				this.#openSocket(this.#admission);
			} else {
				this.#socket?.reconnect(0);
			}
		} catch (error) {
			const problem =
				error instanceof MediaError ? error.problem : over('MEDIA-6001', 'The media token is not valid');
			this.#end('failed', problem);
		}
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

	async #measure(): Promise<MediaQuality> {
		const link = this.#link;
		if (!link) return { rttMs: null, lossPercent: 0, level: 0, streams: [] };
		return this.#meter.measure(await link.stats(), this.state.streams, this.state.connection === 'connected');
	}

	/** What fails here because the connection went away is repaired by the next welcome. */
	async #tell(work: () => Promise<unknown> | undefined): Promise<void> {
		try {
			await work();
		} catch (error) {
			console.warn('media:', error instanceof Error ? error.message : error);
		}
	}

	#localById(streamId: string): Local | undefined {
		return [...this.#local.values()].find((local) => local.streamId === streamId);
	}

	#showLocal(): void {
		this.patch({ local: [...this.#local.values()].map(shown) });
	}

	#showStreams(): void {
		const known = new Set(this.state.streams.map(({ id }) => id));
		const streams = this.#link?.streams ?? [];
		this.patch({ streams });
		for (const { id } of streams) if (!known.has(id)) void this.#applyWanted(id);
	}

	#showConnection(): void {
		if (OVER.includes(this.state.connection) || !this.#socket?.connected) return;
		this.patch({ connection: this.#link && !this.#link.broken ? 'connected' : 'reconnecting' });
	}
}

function over(code: string, title: string, detail?: string): Problem {
	return {
		type: `urn:counter-hub:problem:${code}`,
		title,
		status: 409,
		code,
		...(detail !== undefined && { detail }),
	};
}
