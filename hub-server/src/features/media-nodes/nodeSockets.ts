import type { DefaultEventsMap, Socket } from 'socket.io';
import type { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { parse } from '@counter-hub/shared/errors/parse.ts';
import {
	NODE_SILENCE_MS,
	NODES_NAMESPACE,
	nodeCommands,
	nodeRequests,
	type NodeFact,
} from '@counter-hub/shared/media/nodeProtocol.ts';
import { ackOf } from '@counter-hub/shared/realtime/ack.ts';
import type { HubContext } from '../../HubContext.ts';
import {
	RequestRouter,
	type RequestNamespace,
	type RequestSocket,
} from '../../platform/socket/RequestRouter.ts';
import { NodeAccount } from './NodeAccount.ts';
import type { MediaNode, NodeRegistry, SendCommand } from './NodeRegistry.ts';
import { welcomeNode, type WelcomedNode } from './welcomeNode.ts';

/** How long a node may take to carry out a command. */
const NODE_COMMAND_MS = 3_000;

export interface NodeListeners {
	/** Resolves when the fact is durable; only then the node forgets it. */
	onFact(node: MediaNode, fact: NodeFact): Promise<void>;
	/** The node said what it holds (after every connect). */
	onHello(node: MediaNode): void;
	/** The node's socket closed, or it fell silent. */
	onLost(node: MediaNode): void;
}

interface NodeSocketData {
	node: MediaNode;
}
/** Nodes get commands, which are acknowledged, and no notices. */
type NoNotices = Record<string, never>;
type NodeNamespace = RequestNamespace<NoNotices, NodeSocketData>;
type NodeSocket = RequestSocket<NoNotices, NodeSocketData>;
type CommandSocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, NodeSocketData>;

/** Serves namespace `/nodes`: who may register, what a node holds, and its facts (docs/protocol.md, N-1 to N-10). */
export function serveNodes(hub: HubContext, registry: NodeRegistry, listeners: NodeListeners): void {
	const namespace = hub.io.of(NODES_NAMESPACE) as NodeNamespace;
	namespace.use((socket, next) => {
		welcomeNode(hub, socket.handshake.auth).then(
			(about) => {
				socket.data.node = { ...about, ...standing(hub.now()), send: commandSender(socket, about) };
				next();
			},
			(error: unknown) => {
				next(asConnectError(error));
			},
		);
	});
	const { logger, metrics, shutdown } = hub;
	const router = new RequestRouter<NoNotices, NodeSocketData>({ namespace, logger, metrics, shutdown });
	namespace.on('connection', (socket) => {
		const { node } = socket.data;
		registry.add(node);
		hub.logger.info({ nodeId: node.nodeId, signalUrl: node.signalUrl }, 'media node connected');
		const lose = () => {
			clearInterval(silence);
			if (!registry.remove(node)) return;
			hub.logger.warn({ nodeId: node.nodeId }, 'media node lost');
			listeners.onLost(node);
		};
		// A frozen process keeps its socket: only its silence gives it away.
		const looksEvery = NODE_SILENCE_MS / 4;
		let looked = hub.now();
		const silence = setInterval(() => {
			const now = hub.now();
			// It was this hub that stood still: what the node said meanwhile is yet to be read.
			if (now - looked > 2 * looksEvery) node.lastHeard = now;
			looked = now;
			if (now - node.lastHeard > NODE_SILENCE_MS) socket.disconnect(true);
		}, looksEvery);
		silence.unref();
		socket.on('disconnect', lose);
	});
	const heard = (node: MediaNode) => {
		node.lastHeard = hub.now();
		return { hubTime: node.lastHeard };
	};
	router.handle(nodeRequests, {
		'node:hello': ({ rooms, upTo }, { data: { node } }) => {
			node.account.begin(rooms, upTo);
			node.greetedAt = hub.now();
			listeners.onHello(node);
			return heard(node);
		},
		'node:heartbeat': (_load, { data: { node } }) => heard(node),
		'node:news': ({ facts }, { data: { node } }) => {
			heard(node);
			if (!node.account.follow(facts))
				throw new AppError('invalidInput', { detail: 'Facts are missing in between; greet again' });
			return {};
		},
		'node:fact': async (fact, { data: { node } }) => {
			heard(node);
			try {
				await listeners.onFact(node, fact);
			} catch (error) {
				// A refusal comes again each time, and what is repeated holds back all that follows. A fault of our own is the
				// node's to repeat, a few times and at other hubs.
				if (!(error instanceof AppError) || error.status >= 500) throw error;
				logger.error({ err: error, nodeId: node.nodeId, factId: fact.id }, 'a fact cannot be carried out');
			}
			return {};
		},
	});
}

const standing = (now: number) => ({ account: new NodeAccount(), lastHeard: now, greetedAt: null });

function commandSender(socket: NodeSocket, { nodeId }: WelcomedNode): SendCommand {
	return async (name, payload) => {
		const request = nodeCommands[name];
		const answer: unknown = await (socket as CommandSocket)
			.timeout(NODE_COMMAND_MS)
			.emitWithAck(name, payload);
		const ack = parse(ackOf(request.data as z.ZodType), answer);
		if (!ack.ok) throw new AppError('timeout', { detail: `${nodeId} refused ${name}: ${ack.error.code}` });
		return ack.data as never;
	};
}

/** A refused handshake carries its problem in `data`, as Socket.IO hands it to the client. */
function asConnectError(error: unknown): Error {
	const problem = (
		error instanceof AppError ? error : new AppError('internal', { cause: error })
	).toProblem();
	return Object.assign(new Error(problem.code), { data: problem });
}
