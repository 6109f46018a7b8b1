import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { expect, test } from 'vitest';
import { freePorts, spawnMediaNode, TestGrants } from '../platform/newMediaNode.ts';
import { TestPeer } from './TestPeer.ts';

const grants = new TestGrants();

test('M-9 after kill -9 the node comes back on its ports, and a token alone brings the room back', async () => {
	const [signalPort, mediaPort] = [await freePorts(1), await freePorts(2)];
	const env = { MEDIA_SIGNAL_PORT: String(signalPort), MEDIA_PORT: String(mediaPort) };
	const first = await spawnMediaNode(grants, env);
	expect(first.rtcPorts.toSorted()).toEqual([mediaPort]);
	const token = grants.sign({ roomId: newId() });
	const before = await TestPeer.join(first.signalUrl, { token });
	await before.produce('camera');
	const ended = new Promise((settle) => first.child.once('exit', settle));
	first.child.kill('SIGKILL');
	await ended;
	const second = await spawnMediaNode(grants, env);
	const { resumeSecret } = before.welcome;
	const after = await TestPeer.join(second.signalUrl, { token, pageId: before.pageId, resumeSecret });
	expect(after.welcome).toMatchObject({ resumed: false, streams: [] });
	expect(after.welcome.epoch).toBeGreaterThan(before.welcome.epoch);
	await after.produce('camera');
	after.close();
	expect(await second.stop()).toBe(0);
});

test('health, readiness and metrics are served beside the signalling', async () => {
	const node = await spawnMediaNode(grants);
	const get = (path: string) => fetch(`${node.signalUrl}${path}`);
	expect((await get('/healthz')).status).toBe(200);
	// The hub that it was given does not exist.
	expect((await get('/readyz')).status).toBe(503);
	expect(await (await get('/metrics')).text()).toContain('media_workers 1');
	expect((await get('/secret')).status).toBe(404);
	expect(await node.stop()).toBe(0);
});

test('the end of the starter’s pipe stops the node in good order', async () => {
	const node = await spawnMediaNode(grants);
	const ended = new Promise((settle) => node.child.once('exit', settle));
	node.child.stdin?.end();
	expect(await ended).toBe(0);
});

const start = (env: Record<string, string>) =>
	new Promise<{ code: number | string | null | undefined; stderr: string }>((settle) => {
		const main = resolve(import.meta.dirname, '../../media-server/src/main.ts');
		const base = {
			...process.env,
			NODE_CREDENTIAL: 'x'.repeat(40),
			MEDIA_GRANT_PUBLIC_KEY: grants.publicKey,
		};
		execFile(
			process.execPath,
			[main],
			{ env: { ...base, LOG_LEVEL: 'silent', WORKERS: '1', ...env } },
			(error, _out, stderr) => {
				settle({ code: error?.code, stderr });
			},
		);
	});

test('a wrong environment and a taken port are one line each that says what is wrong', async () => {
	expect(await start({ HUB_URLS: '' })).toMatchObject({
		code: 1,
		stderr: 'Configuration: HUB_URLS: is required\n',
	});
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	const taken = await start({ HUB_URLS: 'http://127.0.0.1:9', MEDIA_SIGNAL_PORT: String(port) });
	expect(taken).toMatchObject({ code: 1 });
	expect(taken.stderr).toMatch(/EADDRINUSE.*\n$/);
	server.close();
});
