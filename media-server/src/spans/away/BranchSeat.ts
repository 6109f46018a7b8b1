import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import {
	seatRequests,
	type MediaRights,
	type RoomEntry,
	type RoomFloor,
	type SeatRequest,
	type VolatileData,
} from '@counter-hub/shared/media/mediaProtocol.ts';
import type { LineState } from '@counter-hub/shared/media/spanProtocol.ts';
import { rtpParameters } from '@counter-hub/shared/media/rtp.ts';
import type { types } from 'mediasoup';
import type { z } from 'zod';
import type { Line } from '../../lines/Line.ts';
import type { LineTransports } from '../../lines/LineTransports.ts';
import type { Notice, NoticeName } from '../../lines/PageLine.ts';
import type { GrantVerifier, SignedGrant } from '../../rooms/grants.ts';
import { mayPerceive, mayPublish } from '../../rooms/rights.ts';
import type { LeaveReason, Seat, Supply } from '../../rooms/Seat.ts';
import { KEY_FRAME_INTERVAL_MS } from '../../rooms/PublishedStream.ts';
import { capabilitiesFor } from '../../workers/codecs.ts';
import { plain } from '../PipePort.ts';
import type { AwayPipe } from './AwayPipes.ts';
import type { Branch } from './Branch.ts';
import type { HomeLink } from './HomeLink.ts';

type Asked<K extends SeatRequest> = z.output<(typeof seatRequests)[K]['payload']>;
type Answer<K extends SeatRequest> = z.output<(typeof seatRequests)[K]['data']>;

/** A stream that is to be handed out to the page of a seat. */
export interface HandOut {
	readonly streamId: string;
	readonly source: Parameters<typeof mayPerceive>[2] & string;
	/** Token of whom it is. */
	readonly owner: string;
	readonly piped: Parameters<AwayPipe['receive']>[1] | null;
}

interface Parts {
	readonly grant: SignedGrant;
	readonly line: Line;
	readonly branch: Branch;
	/** The node where the room stands, and the line to it. */
	readonly homeId: string;
	readonly home: HomeLink;
	readonly verifier: GrantVerifier;
}

/**
 * A page's place in a room that stands on another node. What the page asks is asked there; its streams are taken in and
 * handed out here, and only if both grants allow it.
 */
export class BranchSeat extends EventEmitter<{ closed: [] }> implements Seat {
	readonly seatId = randomUUID();
	readonly line: Line;
	readonly home: string;
	readonly answers: Seat['answers'];
	readonly #branch: Branch;
	readonly #link: HomeLink;
	readonly #verifier: GrantVerifier;
	#grant: SignedGrant;
	#transports: LineTransports | null = null;
	#pipe: AwayPipe | null = null;
	readonly #producers = new Map<string, types.Producer>();
	readonly #taps = new Map<string, types.Consumer>();
	#told = '';
	#closed = false;

	constructor({ grant, line, branch, homeId, home, verifier }: Parts) {
		super();
		this.#grant = grant;
		this.line = line;
		this.#branch = branch;
		this.home = homeId;
		this.#link = home;
		this.#verifier = verifier;
		branch.seats.add(this);
		this.answers = {
			produce: (asked) => this.#publish(asked),
			'stream:pause': async (asked) => {
				await this.#producers.get(asked.streamId)?.pause();
				return await this.#ask('stream:pause', asked);
			},
			'stream:resume': async (asked) => {
				await this.#producers.get(asked.streamId)?.resume();
				return await this.#ask('stream:resume', asked);
			},
			'stream:stalled': (asked) => this.#ask('stream:stalled', asked),
			'stream:close': (asked) => {
				this.#drop(asked.streamId);
				return this.#ask('stream:close', asked);
			},
			'consumer:ready': (asked) => this.#ask('consumer:ready', asked),
			'frame:begin': (asked) => this.#ask('frame:begin', asked),
			'frame:part': (asked) => this.#ask('frame:part', asked),
			'frame:drop': (asked) => this.#ask('frame:drop', asked),
			'frame:ask': (asked) => this.#ask('frame:ask', asked),
			leave: () => {
				this.close('left');
				return {};
			},
		};
	}

	get roomId(): string {
		return this.#grant.roomId;
	}
	get grant(): SignedGrant {
		return this.#grant;
	}
	get closed(): boolean {
		return this.#closed;
	}

	/** Throws why the room's own node does not let it in. */
	async enter(): Promise<void> {
		const { seatId } = this;
		const { token } = this.#grant;
		const line = this.#lineState();
		this.#told = JSON.stringify(line);
		const workerId = this.#branch.place.worker.id;
		await this.#link.ask('seat:enter', { seatId, token, pageId: this.line.pageId, workerId, line });
		// What has changed meanwhile.
		this.lineChanged();
	}

	async describe(resumed: boolean): Promise<RoomEntry> {
		const { entry } = await this.#link.ask('seat:describe', { seatId: this.seatId, resumed });
		return this.#transports ? { ...entry, floor: this.#transports.describe() } : entry;
	}

	supply(): Promise<Supply> {
		return this.#link.ask('seat:supply', { seatId: this.seatId });
	}

	async regrant(token: string): Promise<MediaRights> {
		const rights = await this.#link.ask('seat:grant', { seatId: this.seatId, token });
		this.learn(token);
		return rights;
	}

	/** A newer grant, whoever has brought it. */
	learn(token: string): void {
		const grant = this.#verified(token);
		if (grant && grant.grantVersion > this.#grant.grantVersion) this.#grant = grant;
	}

	say(topic: string, data: VolatileData): void {
		this.#link.say('seat:say', { seatId: this.seatId, topic, data });
	}

	/** The home counts on what it was told last; while it is away it learns it when it is back. */
	lineChanged(): void {
		const line = this.#lineState();
		const said = JSON.stringify(line);
		if (said === this.#told || this.#closed) return;
		this.#told = said;
		this.#link.tell('seat:line', { seatId: this.seatId, line });
	}

	/** The home is back: it is told how things stand, and the page learns anew what there is. */
	resume(token: string, taps: ReadonlySet<string>): void {
		this.learn(token);
		for (const [tapId, tap] of [...this.#taps]) if (!taps.has(tapId)) tap.close();
		this.#told = '';
		this.lineChanged();
		this.line.dropSocket();
	}

	/** What the home says to the page; what it means for the streams here is done first. */
	notify(event: string, payload: Record<string, unknown>, isVolatile: boolean): void {
		if (event === 'room:rebuilding') this.#dropMedia();
		if (event === 'stream:closed') this.#drop(String(payload['streamId']));
		const [name, notice] = [event as NoticeName, payload as Notice<NoticeName>];
		if (isVolatile) this.line.notifyVolatile(name, notice);
		else this.line.notify(name, notice);
	}

	async deliver(event: string, payload: Record<string, unknown>, withinMs: number): Promise<boolean> {
		return await this.line.deliver(event as NoticeName, payload as Notice<NoticeName>, withinMs);
	}

	/** Its streams go by that pipe. */
	async place(pipe: AwayPipe): Promise<RoomFloor> {
		if (pipe !== this.#pipe) this.#dropMedia();
		this.#pipe = pipe;
		this.#transports = await this.line.transportsOn(this.#branch.place.worker);
		return this.#transports.describe();
	}

	/** Throws `notAllowed` unless the grants of viewer and owner, both seen here, allow it. */
	async handOut({ streamId, source, owner, piped }: HandOut): Promise<types.Consumer> {
		const [transports, pipe, all] = [this.#transports, this.#pipe, this.line.capabilities];
		if (!transports || !pipe || !all) throw new AppError('roomUnavailable');
		const grant = this.#verified(owner);
		if (!grant || !mayPerceive(this.#grant, grant, source)) throw new AppError('notAllowed');
		const producer = piped ? await pipe.receive(streamId, piped) : this.#branch.producer(streamId);
		if (!producer) throw new AppError('unknownProducer');
		const consumer = await transports.receive.consume({
			producerId: producer.id,
			rtpCapabilities: capabilitiesFor(producer.type, all),
			paused: true,
			preferredLayers: { spatialLayer: 0 },
		});
		if (this.#closed) {
			consumer.close();
			throw new AppError('roomUnavailable');
		}
		this.#taps.set(consumer.id, consumer);
		consumer.observer.once('close', () => this.#taps.delete(consumer.id));
		consumer.on('trace', ({ type: kind }) => {
			if (kind === 'nack') this.#link.say('tap:nack', { tapId: consumer.id });
		});
		return consumer;
	}

	/** A stream that its page sends. */
	producer(streamId: string): types.Producer | undefined {
		return this.#producers.get(streamId);
	}

	tap(tapId: string): types.Consumer | undefined {
		return this.#taps.get(tapId);
	}

	close(reason: LeaveReason): void {
		if (this.#end()) this.#link.tell('seat:close', { seatId: this.seatId, reason });
	}

	/** The home has closed it. */
	closedByHome(): void {
		this.#end();
	}

	onClosed(listener: () => void): void {
		this.once('closed', listener);
	}

	#end(): boolean {
		if (this.#closed) return false;
		this.#closed = true;
		this.#dropMedia();
		this.#branch.leave(this);
		this.emit('closed');
		return true;
	}

	async #publish(asked: Asked<'produce'>): Promise<Answer<'produce'>> {
		const { streamId, source, kind, rtpParameters: sent, paused, workerId } = asked;
		const [transports, pipe] = [this.#transports, this.#pipe];
		if (!transports || !pipe || transports.workerId !== workerId) throw new AppError('roomUnavailable');
		// Refused there as well, but no packet of it shall be taken in here before.
		if (this.#grant.stage === 'member' && !mayPublish(this.#grant, source))
			throw new AppError('publishForbidden', { params: { source } });
		if (this.#grant.stage === 'lobby') throw new AppError('lobbyOnly');
		// A repeat makes no second one.
		if (this.#producers.has(streamId)) return await this.#ask('produce', asked);
		const producer = await transports
			.produce({
				id: streamId,
				kind,
				rtpParameters: sent,
				paused,
				keyFrameRequestDelay: KEY_FRAME_INTERVAL_MS,
			})
			.catch((error: unknown) => {
				throw new AppError(transports.closed ? 'roomUnavailable' : 'invalidRtp', {
					cause: error,
					expose: false,
				});
			});
		this.#producers.set(streamId, producer);
		try {
			const piped = rtpParameters.parse(plain(await pipe.send(producer)));
			return await this.#ask('produce', { ...asked, rtpParameters: piped });
		} catch (error) {
			this.#drop(streamId);
			throw error;
		}
	}

	async #ask<K extends SeatRequest>(event: K, asked: Asked<K>): Promise<Answer<K>> {
		const payload: Record<string, unknown> = { ...asked };
		const { data } = await this.#link.ask('seat:ask', { seatId: this.seatId, event, payload });
		return seatRequests[event].data.parse(data) as Answer<K>;
	}

	/** What the hub has signed for this room; null for anything else. */
	#verified(token: string): SignedGrant | null {
		try {
			const { grant } = this.#verifier.read(token);
			return grant.roomId === this.roomId ? grant : null;
		} catch {
			return null;
		}
	}

	#drop(streamId: string): void {
		this.#producers.get(streamId)?.close();
		this.#producers.delete(streamId);
	}

	#dropMedia(): void {
		for (const producer of this.#producers.values()) producer.close();
		for (const tap of [...this.#taps.values()]) tap.close();
		this.#producers.clear();
		this.#taps.clear();
	}

	#lineState(): LineState {
		const { attached, capabilities } = this.line;
		return { attached, connected: this.#transports?.connected ?? false, capabilities };
	}
}
