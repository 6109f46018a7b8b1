import type { Problem } from '@counter-hub/shared/errors/problem.ts';
import type { MediaAdmission, MediaSource } from '@counter-hub/shared/media/grant.ts';
import type { MediaRights, RoomEntry, VolatileData } from '@counter-hub/shared/media/mediaProtocol.ts';
import { FrameLine } from './FrameLine.ts';
import { LocalMedia } from './LocalMedia.ts';
import { RECONNECT_MAX_MS } from './mediaLimits.ts';
import {
	isOver,
	MediaError,
	type MediaClientOptions,
	type MediaQuality,
	type MediaState,
	type VolatileMessage,
	type WantedQuality,
} from './mediaTypes.ts';
import type { LineMember, NodeLine } from './NodeLine.ts';
import { lineTo } from './nodeLines.ts';
import { Observable } from './observable.ts';
import { participantNotices } from './participantNotices.ts';
import { isPassing } from '#platform/isPassing.ts';
import { clientProblem, problemOf } from './problems.ts';
import { QualityMeter } from './quality.ts';
import { RoomPlace } from './RoomPlace.ts';
import { streamNotices } from './streamNotices.ts';
import { Wishes } from './Wishes.ts';

/** A node may be started anew by then; if not, the hub knows of another one. To ask it meanwhile does no harm. */
const AWAY_MS = 200;
const AWAY_SPREAD_MS = 200;

/** The token does not lead in any more, and the hub has a newer one: expired, outdated, or to where the room stood before. */
const OUTDATED = new Set(['MEDIA-6002', 'MEDIA-6014', 'MEDIA-6017']);

const pause = () => new Promise((resolve) => setTimeout(resolve, RECONNECT_MAX_MS));

/**
 * One page's part in one room of a media node. May exist several times side by side: clients of one node share the
 * page's line to it. Knows nothing of Svelte.
 * `subscribe` follows Svelte's store contract: `fromStore(client).current` is the MediaState.
 *
 * - `connect(admission)` resolves when the node has let us in; rejects with MediaError when it refuses.
 * - `prepared()` resolves when everything that can be made ready before the call is answered is ready.
 * - `promote(admission)` turns a lobby participant into a member; streams flow and local tracks are published at once.
 * - `publish(source, track)` may be called at any time: what cannot be published yet is as soon as it can.
 *   Tracks stay the caller's: the client never stops them.
 * - `replaceTrack(source, track)`, `mute(source)`, `unmute(source)`, `unpublish(source)`.
 * - `want(streamId, 'none' | 'low' | 'medium' | 'high')` says how much of a remote video is shown.
 * - `say(topic, data)` sends something small at once or not at all; `onSaid(listener)` hears what others say.
 * - `frames` sends and hears single pictures in full quality beside the streams.
 * - `quality()` reads real statistics, at most once a second; `stats()` gives them as they are.
 * - `follow(home)` says where the room stands, by the hub's word: where it has moved, the client comes in there.
 * - `close()` leaves the room. A closed client is not used again.
 *
 * Lost sockets, rebuilt rooms and restarted nodes need no call: `connection` is `reconnecting`, then `connected`.
 */
export class MediaClient extends Observable<MediaState> {
	readonly frames = new FrameLine(
		() => this.#line?.socket,
		() => this.#admission?.roomId,
	);
	readonly #options: MediaClientOptions;
	readonly #local: LocalMedia;
	readonly #place: RoomPlace;
	readonly #wishes = new Wishes(() => this.#place.link?.tellWishes());
	readonly #meter = new QualityMeter();
	readonly #hearers = new Set<(message: VolatileMessage) => void>();
	#admission: MediaAdmission | null = null;
	#line: NodeLine | null = null;
	#member: LineMember | null = null;
	#entered: PromiseWithResolvers<void> = Promise.withResolvers();
	#away: ReturnType<typeof setTimeout> | undefined;

	constructor(options: MediaClientOptions) {
		super({ connection: 'idle', rights: null, participants: [], streams: [], local: [], problem: null });
		this.#options = options;
		this.#local = new LocalMedia({
			link: () => this.#place.link,
			rights: () => this.state.rights,
			show: (local) => this.patch({ local }),
			refused: (problem) => this.patch({ problem }),
		});
		this.#place = new RoomPlace({
			roomId: () => this.#admission?.roomId ?? '',
			wanted: (streamId) => this.#wanted(streamId),
			onLeft: () => this.#local.forgetLink(),
			onArrived: () => {
				this.#showConnection();
				return this.#local.publishAll();
			},
			onStreams: () => this.#showStreams(),
		});
	}

	async connect(admission: MediaAdmission): Promise<void> {
		if (this.#line) throw new Error('this MediaClient is connected already');
		this.#admission = admission;
		this.#entered = Promise.withResolvers();
		this.patch({ connection: 'connecting', problem: null });
		this.#enter(admission);
		await this.#entered.promise;
	}

	async prepared(): Promise<void> {
		await this.#entered.promise;
		await this.until(
			({ connection }) => (this.#line?.supplied && this.#place.link?.prepared) === true || isOver(connection),
		);
	}

	async promote(admission: MediaAdmission): Promise<void> {
		if (!this.#admission || !this.#line || !this.#member) throw new Error('connect first');
		if (admission.home !== this.#admission.home) {
			// The room has moved while it rang.
			this.#goTo(admission, this.#member);
			return;
		}
		const { token } = admission;
		this.#admission = { ...this.#admission, token, stage: 'member' };
		try {
			this.#take(await this.#line.socket.request('grant', { token }));
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

	/** While nothing happens in a picture with one layer it is sent seldom: the PC at either end has less to do. */
	async calm(source: MediaSource, calm: boolean): Promise<void> {
		await this.#local.setCalm(source, calm);
	}

	async unpublish(source: MediaSource): Promise<void> {
		await this.#local.unpublish(source);
	}

	async want(streamId: string, quality: WantedQuality): Promise<void> {
		await this.#wishes.set(streamId, quality);
	}

	/** Some of a remote video is wanted; of what is not, nothing comes. */
	wants(streamId: string): boolean {
		return this.#wanted(streamId) >= 0;
	}

	/** At most VOLATILE_BYTES, some 60 times a second; more is dropped, as is everything while the line is away. */
	say(topic: string, data: VolatileData): void {
		if (this.#admission) this.#line?.socket.say({ roomId: this.#admission.roomId, topic, data });
	}

	/** Returns how to hear no more. */
	onSaid(listener: (message: VolatileMessage) => void): () => void {
		this.#hearers.add(listener);
		return () => this.#hearers.delete(listener);
	}

	async quality(): Promise<MediaQuality> {
		return await this.#meter.read(this.#place.link, this.state);
	}

	/** What a transport of this page has counted, by default the receiving one; null while there is none. */
	async stats(direction: 'send' | 'receive' = 'receive'): Promise<RTCStatsReport | null> {
		const { link } = this.#place;
		return link && !link.closed ? await link.worker[direction].getStats() : null;
	}

	/** A repeat, and the home that this client is at, change nothing. */
	follow(home: string): void {
		if (!this.#admission || this.#admission.home === home || isOver(this.state.connection)) return;
		void this.#moveHome();
	}

	close(): void {
		if (this.state.connection !== 'closed') this.#end('closed', null);
	}

	#enter(admission: MediaAdmission): void {
		const line = lineTo(admission.signalUrl, this.#options.pageId, this.#options.path);
		this.#line = line;
		this.#member = this.#newMember(admission);
		line.enter(this.#member);
	}

	/** A node that does not come back may have left its pages to another one: the hub knows. */
	#awaitNode(): void {
		this.#away ??= setTimeout(
			() => {
				this.#away = undefined;
				const isBack = this.#line?.socket.connected === true || isOver(this.state.connection);
				if (!isBack) void this.#lookElsewhere().finally(() => this.#awaitNode());
			},
			AWAY_MS + Math.random() * AWAY_SPREAD_MS,
		);
	}

	async #lookElsewhere(): Promise<void> {
		const before = this.#admission;
		const fresh = await this.#options.getAdmission().catch(() => null);
		const member = this.#member;
		if (!fresh || !member || this.#admission !== before || isOver(this.state.connection)) return;
		const isSame = fresh.signalUrl === before?.signalUrl && fresh.home === before.home;
		if (this.#line?.socket.connected === true || isSame) return;
		this.#goTo(fresh, member);
	}

	async #moveHome(): Promise<void> {
		const before = this.#admission;
		const fresh = await this.#freshAdmission();
		const member = this.#member;
		if (!fresh || !member || this.#admission !== before || isOver(this.state.connection)) return;
		if (fresh.home === before?.home) return;
		this.patch({ connection: 'reconnecting' });
		this.#goTo(fresh, member);
	}

	/** By the same node if that leads there, else by another one. */
	#goTo(fresh: MediaAdmission, member: LineMember): void {
		const before = this.#admission;
		this.#admission = fresh;
		if (before?.signalUrl === fresh.signalUrl) {
			this.#line?.enter(member);
		} else {
			this.#line?.leave(member, false);
			this.#enter(fresh);
		}
	}

	#newMember(admission: MediaAdmission): LineMember {
		const token = () => this.#admission?.token ?? admission.token;
		return {
			roomId: admission.roomId,
			get token() {
				return token();
			},
			onEntered: (entry) => void this.#onEntered(entry),
			onRefused: (problem) => void this.#onRefused(problem),
			onLost: () => {
				if (!isOver(this.state.connection) && this.state.connection !== 'connecting') {
					this.patch({ connection: 'reconnecting' });
				}
				this.#awaitNode();
			},
			onTransport: () => this.#showConnection(),
			'room:rebuilding': () => this.patch({ connection: 'reconnecting' }),
			'room:rebuilt': ({ floor }) => void this.#tell((line) => this.#place.moveTo(floor, line, [])),
			'room:closed': ({ reason }) => this.#end('removed', clientProblem('sessionOver', reason)),
			removed: ({ reason }) => this.#end('removed', clientProblem('notAllowed', reason)),
			superseded: () => this.#end('superseded', clientProblem('superseded')),
			...participantNotices(
				() => this.state.participants,
				(participants) => this.patch({ participants }),
			),
			'consumers:new': ({ workerId, consumers }) => {
				void this.#tell(() => this.#place.offer(workerId, consumers));
				// What waits for the first streams looks again.
				if (consumers.length === 0) this.patch({});
			},
			...streamNotices(() => this.#place.link, this.#local),
			...this.frames.notices,
			'rights:changed': ({ rights }) => {
				this.#take(rights);
				void this.#local.publishAll();
			},
			said: ({ participantId, topic, data }) => {
				for (const hear of [...this.#hearers]) hear({ participantId, topic, data });
			},
		};
	}

	#take(rights: MediaRights): void {
		this.patch({ rights });
		void this.#tell(async () => this.#place.link?.tellWishes());
	}

	/** In the lobby nothing is shown: the lowest layer is enough to have a first picture at once. */
	#wanted(streamId: string): number {
		const layer = this.#wishes.layer(streamId);
		return this.state.rights?.stage === 'lobby' ? Math.min(0, layer) : layer;
	}

	async #onEntered(entry: RoomEntry): Promise<void> {
		this.patch({ rights: entry.rights, participants: entry.participants, problem: null });
		this.#entered.resolve();
		const { resumed, floor, consumers, streams } = entry;
		const link = resumed ? this.#place.linkAt(floor) : null;
		if (link) this.#showConnection();
		await this.#tell((line) =>
			link
				? Promise.all([link.reconcile(consumers), this.#local.reconcile(streams)])
				: this.#place.moveTo(floor, line, consumers),
		);
	}

	async #onRefused(problem: Problem): Promise<void> {
		const outdated = OUTDATED.has(problem.code);
		if (!outdated && !isPassing(problem)) {
			this.#fail(problem);
			return;
		}
		if (this.state.connection !== 'connecting') this.patch({ connection: 'reconnecting' });
		const before = this.#admission;
		// A home that cannot be reached may have left its room to another node.
		const fresh = outdated || problem.code === 'SYS-9001' ? await this.#freshAdmission() : before;
		if (!outdated || fresh?.token === before?.token) await pause();
		if (isOver(this.state.connection) || !fresh || !this.#member || this.#admission !== before) return;
		this.#goTo(fresh, this.#member);
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
		clearTimeout(this.#away);
		this.#place.leave();
		if (this.#member) this.#line?.leave(this.#member, connection !== 'closed');
		this.patch({ connection, problem, streams: [], participants: [] });
		if (problem) this.#entered.reject(new MediaError(problem));
		else this.#entered.resolve();
		this.#entered.promise.catch(() => undefined);
	}

	/** What fails here because the connection went away is repaired by the next welcome. */
	async #tell(work: (line: NodeLine) => Promise<unknown>): Promise<void> {
		try {
			if (this.#line) await work(this.#line);
		} catch {
			// The state shows what matters of it: `connection`, `streams` and `local`.
		}
	}

	#showStreams(): void {
		this.patch({ streams: this.#place.link?.streams ?? [] });
	}

	#showConnection(): void {
		if (isOver(this.state.connection) || !this.#line?.socket.connected) return;
		const { link } = this.#place;
		this.patch({ connection: link && !link.worker.broken ? 'connected' : 'reconnecting' });
	}
}
