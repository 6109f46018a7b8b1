import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MediaGrants } from '@counter-hub/hub-server/features/media-nodes/MediaGrants.ts';
import { startMongod } from '../../../scripts/lib/mongod.mjs';
import { presentMongod } from '../../../scripts/lib/mongodBinary.mjs';
import { startNode, until, type Running } from './processes.ts';

const main = (workspace: string) => resolve(import.meta.dirname, `../../../${workspace}/src/main.ts`);

/** A mongod of the bench's own, with an empty data folder that goes with it. */
export async function startDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
	const binary = presentMongod();
	if (!binary) throw new Error('No mongod found: run `npm test` once, or set MONGOD_BIN.');
	const folder = await mkdtemp(join(tmpdir(), 'bench-mongod-'));
	const mongod = await startMongod({ binary, folder, node: process.execPath });
	return {
		url: mongod.url,
		async stop() {
			await mongod.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** The environment of one hub and its media nodes, with fresh secrets. */
export interface ProductEnv {
	hub: Record<string, string>;
	node: Record<string, string>;
	grants: MediaGrants;
}

export function productEnv(mongodbUrl: string): ProductEnv {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
	const grants = new MediaGrants(pem);
	const secret = () => randomBytes(32).toString('base64');
	const shared = { NODE_CREDENTIAL: secret(), LOG_LEVEL: 'error' };
	return {
		hub: {
			...shared,
			PORT: '0',
			MONGODB_URL: mongodbUrl,
			ACCESS_TOKEN_SECRET: secret(),
			PERSONS_KEY: secret(),
			PERSONS_HASH_KEY: secret(),
			MEDIA_GRANT_PRIVATE_KEY: pem,
		},
		node: { ...shared, NODE_ID: 'bench', MEDIA_GRANT_PUBLIC_KEY: grants.publicKey },
		grants,
	};
}

/** `flags` go to Node itself. */
export function startHub(env: Record<string, string>, flags: readonly string[] = []): Promise<Running> {
	return startNode({ args: [...flags, main('hub-server')], env });
}

/** The hub in a host that broadcasts at a line on stdin. */
export function startHubHost(env: Record<string, string>, flags: readonly string[]): Promise<Running> {
	return startNode({ args: [...flags, resolve(import.meta.dirname, '../load/hubHost.ts')], env });
}

/** A node that lets pages in by their tokens alone: nobody is at the address of its hub. */
export function startLoneNode(env: Record<string, string>): Promise<Running> {
	return startNode({ args: [main('media-server')], env: { ...env, HUB_URLS: 'http://127.0.0.1:9' } });
}

/** Resolves when the node is registered with the hub. */
export async function startMediaNode(env: Record<string, string>, hubUrl: string): Promise<Running> {
	const node = await startNode({ args: [main('media-server')], env: { ...env, HUB_URLS: hubUrl } });
	const signalUrl = String(node.ready.signalUrl);
	await until('the media node registers', 20_000, async () => {
		const { ok } = await fetch(`${signalUrl}/readyz`).catch(() => ({ ok: false }));
		return ok ? true : undefined;
	});
	return node;
}

/** The bare media application; `page` is the bundled script that it serves. */
export function bareMedia(page?: string): Promise<Running> {
	const script = resolve(import.meta.dirname, '../bare/mediaServer.ts');
	return startNode({ args: [script], env: page === undefined ? {} : { BARE_PAGE: page } });
}

/** The bare Socket.IO server; `flags` go to Node itself. */
export function bareHub(env: Record<string, string>, flags: readonly string[]): Promise<Running> {
	return startNode({ args: [...flags, resolve(import.meta.dirname, '../bare/hubServer.ts')], env });
}
