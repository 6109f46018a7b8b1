import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import type { MediaAdmission, MediaGrant } from '@counter-hub/shared/media/grant.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { MediaConfig } from '@counter-hub/media-server/config.ts';
import type { Limits } from '@counter-hub/media-server/limits.ts';
import { MediaNode } from '@counter-hub/media-server/MediaNode.ts';
import jwt from 'jsonwebtoken';
import { z } from 'zod';

const readyLine = z.object({ ready: z.literal(true), signalUrl: z.url(), rtcPorts: z.array(z.int()) });

/** The hub's half of the keys: signs tokens as the hub would. */
export class TestGrants {
	readonly #privateKey: string;
	readonly publicKey: string;

	constructor() {
		const pair = generateKeyPairSync('ec', {
			namedCurve: 'P-256',
			publicKeyEncoding: { type: 'spki', format: 'pem' },
			privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
		});
		this.#privateKey = pair.privateKey;
		this.publicKey = pair.publicKey;
	}

	/** A member who may publish and perceive everything, unless told otherwise. */
	sign(terms: Partial<MediaGrant> & { expiresInSeconds?: number } = {}): string {
		const { expiresInSeconds = 120, ...own } = terms;
		const now = Math.floor(Date.now() / 1000);
		const grant: MediaGrant = {
			aud: 'media',
			roomId: newId(),
			participantId: randomUUID(),
			label: '松江专窗 1',
			side: 'receiving',
			stage: 'member',
			publish: (['microphone', 'camera', 'document', 'screen'] as const).map((source) => ({
				source,
				audience: 'room',
			})),
			subscribe: true,
			hidden: false,
			grantVersion: 1,
			iat: now,
			exp: now + expiresInSeconds,
			...own,
		};
		return jwt.sign(grant, this.#privateKey, { algorithm: 'ES256' });
	}

	admission(
		signalUrl: string,
		terms: Partial<MediaGrant> & { expiresInSeconds?: number } = {},
	): MediaAdmission {
		const roomId = terms.roomId ?? newId();
		const participantId = terms.participantId ?? randomUUID();
		const token = this.sign({ ...terms, roomId, participantId });
		const stage = terms.stage ?? 'member';
		return { signalUrl, nodeId: 'test-node', home: 'test-node', token, stage, roomId, participantId };
	}
}

export interface TestNode {
	node: MediaNode;
	grants: TestGrants;
	signalUrl: string;
	close(): Promise<void>;
}

/** A media node in this process, with a real worker, on free ports, without a hub unless given. */
export async function newMediaNode(
	options: { limits?: Partial<Limits>; config?: Partial<MediaConfig>; grants?: TestGrants } = {},
): Promise<TestNode> {
	const grants = options.grants ?? new TestGrants();
	const node = await MediaNode.create(
		{
			nodeId: 'test-node',
			hubUrls: [],
			nodeCredential: 'test-credential-of-the-media-nodes-0123456789',
			metricsToken: undefined,
			host: '127.0.0.1',
			announcedHost: '127.0.0.1',
			announcedAddresses: ['127.0.0.1'],
			city: null,
			cityKey: null,
			spanUrl: null,
			spanAddress: '127.0.0.1',
			spanPorts: null,
			signalPort: 0,
			mediaPort: 0,
			workers: 1,
			grantPublicKey: grants.publicKey,
			workerBin: process.env['MEDIASOUP_WORKER_BIN'],
			hubCa: undefined,
			tls: undefined,
			logLevel: 'fatal',
			stopOnStdinEnd: false,
			...options.config,
		},
		options.limits ? { limits: options.limits } : {},
	);
	return { node, grants, signalUrl: node.signalUrl, close: () => node.close('test') };
}

export interface MediaNodeProcess {
	child: ChildProcess;
	pid: number;
	signalUrl: string;
	rtcPorts: number[];
	/** Ordered shutdown; resolves with the exit code. */
	stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** A media node as a process of its own, for tests that kill it. `env` overrides the defaults. */
export async function spawnMediaNode(
	grants: TestGrants,
	env: Record<string, string> = {},
): Promise<MediaNodeProcess> {
	const main = resolve(import.meta.dirname, '../../media-server/src/main.ts');
	const child = spawn(process.execPath, [main], {
		env: {
			...process.env,
			HUB_URLS: 'http://127.0.0.1:9',
			NODE_CREDENTIAL: 'test-credential-of-the-media-nodes-0123456789',
			MEDIA_GRANT_PUBLIC_KEY: grants.publicKey,
			WORKERS: '1',
			LOG_LEVEL: 'fatal',
			STOP_ON_STDIN_END: '1',
			...env,
		},
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const ready = await new Promise<z.infer<typeof readyLine>>((settle, fail) => {
		let text = '';
		child.stdout.on('data', (chunk: Buffer) => {
			text += chunk.toString();
			if (text.includes('\n')) settle(readyLine.parse(JSON.parse(text)));
		});
		child.once('exit', (code) => {
			fail(new Error(`the media node ended with ${String(code)}`));
		});
	});
	return {
		child,
		pid: child.pid ?? 0,
		signalUrl: ready.signalUrl,
		rtcPorts: ready.rtcPorts,
		stop: (signal = 'SIGTERM') =>
			new Promise((settle) => {
				if (child.exitCode !== null || child.signalCode !== null) {
					settle(child.exitCode);
					return;
				}
				child.once('exit', settle);
				child.kill(signal);
			}),
	};
}

/** `count` consecutive ports that are free now. */
export async function freePorts(count: number): Promise<number> {
	for (;;) {
		const first = 20_000 + Math.floor(Math.random() * 25_000);
		const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)));
		if (free.every(Boolean)) return first;
	}
}

async function isFree(port: number): Promise<boolean> {
	return await new Promise((settle) => {
		const server = createServer();
		server.once('error', () => {
			settle(false);
		});
		server.listen(port, '127.0.0.1', () => {
			server.close(() => {
				settle(true);
			});
		});
	});
}
