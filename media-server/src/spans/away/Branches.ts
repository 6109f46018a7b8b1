import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { tapStat, type SpanHandshake, type spanCommands } from '@counter-hub/shared/media/spanProtocol.ts';
import { rtpParameters } from '@counter-hub/shared/media/rtp.ts';
import type { RequestHandlers } from '@counter-hub/shared/server/answerRequests.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import type { types } from 'mediasoup';
import type { Limits } from '../../limits.ts';
import type { Line } from '../../lines/Line.ts';
import type { GrantVerifier, SignedGrant } from '../../rooms/grants.ts';
import type { Entry } from '../../rooms/Seat.ts';
import type { WorkerPool } from '../../workers/WorkerPool.ts';
import { plain, type PipeAddress } from '../PipePort.ts';
import { AwayPipes } from './AwayPipes.ts';
import { Branch } from './Branch.ts';
import { BranchSeat } from './BranchSeat.ts';
import { HomeLink } from './HomeLink.ts';

export interface BranchesOptions {
	readonly pool: WorkerPool;
	readonly verifier: GrantVerifier;
	readonly limits: Limits;
	readonly logger: Logger;
	readonly handshake: SpanHandshake;
	readonly ca: string | undefined;
	readonly address: PipeAddress;
}

/** One home: the line to it, and the pipes. */
interface Home {
	readonly link: HomeLink;
	readonly seats: Map<string, BranchSeat>;
	readonly pipes: AwayPipes;
}

/** The seats of this node's pages in rooms that stand on other nodes. */
export class Branches {
	readonly #options: BranchesOptions;
	readonly #homes = new Map<string, Home>();
	/** By room; being made while its first page comes in. */
	readonly #branches = new Map<string, Promise<Branch>>();
	#closed = false;

	constructor(options: BranchesOptions) {
		this.#options = options;
	}

	/** Seats of pages of this node, in rooms elsewhere. */
	get size(): number {
		return [...this.#homes.values()].reduce((sum, { seats }) => sum + seats.size, 0);
	}

	/** Throws why the room's node does not let it in, or `unavailable` where that is not to be reached. */
	async enter(
		shown: SignedGrant,
		{ nodeId, url }: NonNullable<SignedGrant['home']>,
		line: Line,
	): Promise<Entry> {
		if (this.#closed) throw new AppError('unavailable');
		const home = this.#homeAt(nodeId, url);
		await home.link.ready();
		const before = line.seatFor(shown.roomId);
		if (before && before.grant.participantId === shown.participantId) {
			// One that is no newer is no mistake.
			if (shown.grantVersion > before.grant.grantVersion)
				await before.regrant(shown.token).catch(() => undefined);
			return { seat: before, resumed: true };
		}
		const branch = await this.#branch(shown.roomId);
		const { verifier } = this.#options;
		const seat = new BranchSeat({
			...{ grant: shown, line, branch, verifier },
			...{ homeId: nodeId, home: home.link },
		});
		home.seats.set(seat.seatId, seat);
		seat.onClosed(() => {
			home.seats.delete(seat.seatId);
			if (branch.over) this.#forget(shown.roomId, branch);
		});
		try {
			await seat.enter();
		} catch (error) {
			seat.closedByHome();
			throw error;
		}
		line.add(seat);
		if (seat.closed) throw new AppError('roomUnavailable');
		return { seat, resumed: false };
	}

	leaveFormer({ roomId, grantVersion }: SignedGrant, home: string | null): void {
		const all = [...this.#homes.values()].flatMap(({ seats }) => [...seats.values()]);
		for (const seat of all) {
			if (seat.roomId !== roomId || seat.home === home || seat.grant.grantVersion >= grantVersion) continue;
			// A page that is still there comes again, and learns by then where to.
			seat.close('superseded');
			seat.line.dropSocket();
		}
	}

	close(): void {
		this.#closed = true;
		for (const { link, seats, pipes } of this.#homes.values()) {
			for (const seat of [...seats.values()]) seat.close('connection-lost');
			pipes.closeAll();
			link.close();
		}
		this.#homes.clear();
	}

	/** A node that is found at another address is another line. */
	#homeAt(nodeId: string, url: string): Home {
		const known = this.#homes.get(nodeId);
		if (known?.link.url === url) return known;
		known?.link.close();
		for (const seat of [...(known?.seats.values() ?? [])]) seat.close('connection-lost');
		known?.pipes.closeAll();
		const seats = new Map<string, BranchSeat>();
		const pipes = new AwayPipes(this.#options.address);
		const { handshake, ca, limits, logger } = this.#options;
		/** A page with other rooms on its line learns of it by looking anew. */
		const close = (seat: BranchSeat) => {
			seat.closedByHome();
			seat.line.dropSocket();
		};
		const link = new HomeLink({
			...{ url, ca, handshake, limits, logger },
			commands: this.#commands(seats, pipes),
			onNotice: ({ seatId, event, payload, volatile: isVolatile }) => {
				seats.get(seatId)?.notify(event, payload, isVolatile);
			},
			onGranted: (seatId, token) => {
				seats.get(seatId)?.learn(token);
			},
			onSeatClosed: (seatId) => {
				const seat = seats.get(seatId);
				if (seat) close(seat);
			},
			held: () => [...seats.keys()],
			onResumed: (account, isFirst) => {
				const taps = new Set(account.taps);
				for (const [seatId, seat] of [...seats]) {
					const known = account.seats.find((one) => one.seatId === seatId);
					// It was started anew, or had given this one up.
					if (!known) close(seat);
					else if (!isFirst) seat.resume(known.token, taps);
				}
				pipes.settle(account.pipes);
			},
		});
		const home = { link, seats, pipes };
		this.#homes.set(nodeId, home);
		return home;
	}

	#commands(seats: ReadonlyMap<string, BranchSeat>, pipes: AwayPipes): RequestHandlers<typeof spanCommands> {
		const seatOf = (seatId: string): BranchSeat => {
			const seat = seats.get(seatId);
			if (!seat) throw new AppError('roomUnavailable');
			return seat;
		};
		const tapOf = (tapId: string): types.Consumer | undefined => {
			for (const seat of seats.values()) {
				const tap = seat.tap(tapId);
				if (tap && !tap.closed) return tap;
			}
			return undefined;
		};
		return {
			'pipe:open': async ({ pipeId, workerId, end }) => {
				const branches = await Promise.all(this.#branches.values());
				const worker = branches.map(({ place }) => place.worker).find(({ id }) => id === workerId);
				if (!worker || worker.closed) throw new AppError('roomUnavailable');
				return { end: await pipes.open(pipeId, worker, end) };
			},
			'pipe:close': ({ pipeId }) => {
				pipes.close(pipeId);
				return {};
			},
			'seat:place': async ({ seatId, pipeId }) => ({ floor: await seatOf(seatId).place(pipes.find(pipeId)) }),
			'tap:make': async ({ seatId, ...order }) => {
				const { id, type, kind, rtpParameters: sent } = await seatOf(seatId).handOut(order);
				return { tapId: id, type, kind, rtpParameters: rtpParameters.parse(plain(sent)) };
			},
			'tap:do': async ({ tapId, act }) => {
				const tap = tapOf(tapId);
				if (!tap) return {};
				if (act.act === 'resume') await tap.resume();
				else if (act.act === 'pause') await tap.pause();
				else if (act.act === 'keyFrame') await tap.requestKeyFrame();
				else if (act.act === 'layer') await tap.setPreferredLayers({ spatialLayer: act.layer });
				else if (act.act === 'watchLosses') await tap.enableTraceEvent(['nack']);
				else tap.close();
				return {};
			},
			'tap:stats': async ({ tapId }) => ({
				stats: tapStat.array().parse(plain((await tapOf(tapId)?.getStats()) ?? [])),
			}),
			'stream:carry': async ({ pipeId, streamId, on }) => {
				await pipes.find(pipeId).carry(streamId, on);
				return {};
			},
			'stream:gone': ({ pipeId, streamId }) => {
				pipes.find(pipeId).gone(streamId);
				return {};
			},
			'seat:deliver': async ({ seatId, event, payload, withinMs }) => ({
				arrived: await seatOf(seatId).deliver(event, payload, withinMs),
			}),
		};
	}

	async #branch(roomId: string): Promise<Branch> {
		const known = await this.#branches.get(roomId);
		if (known && !known.over) return known;
		const making = Branch.take(this.#options.pool);
		this.#branches.set(roomId, making);
		making.catch(() => this.#branches.delete(roomId));
		return await making;
	}

	#forget(roomId: string, branch: Branch): void {
		void this.#branches.get(roomId)?.then((present) => {
			if (present === branch) this.#branches.delete(roomId);
		});
	}
}
