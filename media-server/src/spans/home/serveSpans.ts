import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { parse } from '@counter-hub/shared/errors/parse.ts';
import {
	SPANS_NAMESPACE,
	spanHandshake,
	spanNews,
	spanRequests,
	type SpanHandshake,
} from '@counter-hub/shared/media/spanProtocol.ts';
import { seatRequests } from '@counter-hub/shared/media/mediaProtocol.ts';
import { answerRequests, endpointsOf } from '@counter-hub/shared/server/answerRequests.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import type { Server, Socket } from 'socket.io';
import type { Limits } from '../../limits.ts';
import type { Doors } from '../../lines/Entrance.ts';
import type { Seat } from '../../rooms/Seat.ts';
import { toAppError } from '../../signalling/toAppError.ts';
import { plain, type PipeAddress } from '../PipePort.ts';
import { RemoteLine } from './RemoteLine.ts';
import { Span } from './Span.ts';

export interface SpanServiceOptions {
	readonly rooms: Doors;
	readonly limits: Limits;
	readonly logger: Logger;
	readonly credential: string;
	readonly address: PipeAddress;
}

interface SocketData {
	peer?: SpanHandshake;
}
type SpanSocket = Socket<Record<string, never>, Record<string, never>, Record<string, never>, SocketData>;

/** Serves namespace `/spans`: other nodes, whose pages sit in rooms of this one (docs/protocol.md, B-1 to B-9). */
export function serveSpans(io: Server, options: SpanServiceOptions): { close: () => void } {
	const { limits, logger, address } = options;
	const namespace = io.of(SPANS_NAMESPACE);
	/** By the node's id: its present run. */
	const spans = new Map<string, Span>();
	namespace.use((socket: SpanSocket, next) => {
		try {
			socket.data.peer = welcome(socket, options.credential);
			next();
		} catch (error) {
			const problem = toAppError(error, logger, 'span').toProblem();
			next(Object.assign(new Error(problem.code), { data: problem }));
		}
	});
	namespace.on('connection', (socket: SpanSocket) => {
		const { peer } = socket.data;
		if (!peer) {
			socket.disconnect(true);
			return;
		}
		const span = spanOf(peer);
		logger.info({ from: peer.nodeId }, 'another node is here');
		const plainSocket: Socket = socket;
		span.attach(plainSocket);
		socket.on('disconnect', () => {
			logger.warn({ from: peer.nodeId }, 'another node is gone');
			span.detach(plainSocket);
		});
		serve(socket, span);
	});

	function spanOf({ nodeId, epoch }: SpanHandshake): Span {
		const known = spans.get(nodeId);
		if (known?.epoch === epoch && !known.closed) return known;
		// It was started anew: nobody of before comes back by it.
		known?.close();
		const span = new Span({
			nodeId,
			epoch,
			limits,
			address,
			onClosed: () => {
				if (spans.get(nodeId) === span) spans.delete(nodeId);
			},
		});
		spans.set(nodeId, span);
		return span;
	}

	function serve(socket: SpanSocket, span: Span): void {
		const seatOf = (seatId: string): Seat => {
			const seat = span.seats.get(seatId)?.seat;
			if (!seat) throw new AppError('wrongRoom');
			return seat;
		};
		const news = {
			'seat:say': (payload: unknown) => {
				const said = spanNews['seat:say'].safeParse(payload).data;
				if (said) span.seats.get(said.seatId)?.seat?.say(said.topic, said.data);
			},
			'tap:nack': (payload: unknown) => {
				const nack = spanNews['tap:nack'].safeParse(payload).data;
				if (nack) span.taps.get(nack.tapId)?.emit('trace', { type: 'nack' });
			},
		};
		const isNews = (event: string): event is keyof typeof news => Object.hasOwn(news, event);
		const requests = {
			onAny: (listener: (event: string, ...args: unknown[]) => void) =>
				socket.onAny((event: string, ...args: unknown[]) => {
					if (isNews(event)) news[event](args[0]);
					else listener(event, ...args);
				}),
		};
		answerRequests(requests, {
			endpoints: endpointsOf(spanRequests, {
				'span:resume': ({ seats }) => span.resume(seats),
				'seat:enter': async ({ token, ...given }) => {
					const line = new RemoteLine(span, given);
					// Known at once: its node is asked for its place while it is being let in.
					span.seats.set(given.seatId, line);
					try {
						await options.rooms.enter(token, line);
					} catch (error) {
						span.seats.delete(given.seatId);
						throw error;
					}
					return {};
				},
				'seat:line': ({ seatId, line }) => {
					span.seats.get(seatId)?.take(line);
					return {};
				},
				'seat:describe': async ({ seatId, resumed }) => ({
					entry: plain(await seatOf(seatId).describe(resumed)),
				}),
				'seat:supply': async ({ seatId }) => plain(await seatOf(seatId).supply()),
				'seat:grant': ({ seatId, token }) => seatOf(seatId).regrant(token),
				'seat:ask': async ({ seatId, event, payload }) => {
					const seat = seatOf(seatId);
					const { roomId } = seat;
					const answer = seat.answers[event] as (asked: unknown, socket: unknown) => unknown;
					const data = await answer(parse(seatRequests[event].payload, { ...payload, roomId }), socket);
					return { data: data as Record<string, unknown> };
				},
				'seat:close': ({ seatId, reason }) => {
					const line = span.seats.get(seatId);
					if (reason === 'left') line?.seat?.close('left');
					else line?.leave();
					return {};
				},
			}),
			toAppError: (error, event) => toAppError(error, logger, event),
		});
	}

	return {
		close: () => {
			for (const span of [...spans.values()]) span.close();
		},
	};
}

function welcome(socket: SpanSocket, credential: string): SpanHandshake {
	const shown = parse(spanHandshake, socket.handshake.auth);
	const digest = (text: string) => createHash('sha256').update(text).digest();
	if (!timingSafeEqual(digest(shown.credential), digest(credential))) throw new AppError('nodeRefused');
	return shown;
}
