import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chooseAddress, settlePorts } from '../../scripts/lib/addresses.mjs';
import { installPackages } from '../../scripts/lib/debian.mjs';
import { tryLock, withLock } from '../../scripts/lib/locks.mjs';
import { readOptions } from '../../scripts/lib/options.mjs';
import { freePortRow, isFree } from '../../scripts/lib/ports.mjs';
import { explain, StartProblem } from '../../scripts/lib/startProblem.mjs';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'counter-hub-setup-'));
	vi.stubEnv('XDG_CACHE_HOME', folder);
	vi.resetModules();
});

afterEach(async () => {
	vi.unstubAllEnvs();
	vi.restoreAllMocks();
	await rm(folder, { recursive: true, force: true });
});

describe('the cache', () => {
	test('fills a folder once, also for two who ask at the same time', async () => {
		const { cached } = await import('../../scripts/lib/cache.mjs');
		let fills = 0;
		const fill = async (draft: string) => {
			fills += 1;
			await Promise.resolve();
			writeFileSync(join(draft, 'tool'), 'x');
		};
		const [one, two] = await Promise.all([cached('tool-1', 'tool', fill), cached('tool-1', 'tool', fill)]);
		expect(one).toBe(two);
		expect(existsSync(one)).toBe(true);
		expect(fills).toBe(1);
	});

	test('a failed fill leaves nothing that looks complete, and the next one succeeds', async () => {
		const { cached, cacheRoot } = await import('../../scripts/lib/cache.mjs');
		const fail = async (draft: string) => {
			writeFileSync(join(draft, 'tool'), 'half');
			await Promise.reject(new Error('interrupted'));
		};
		await expect(cached('tool-1', 'tool', fail)).rejects.toThrow('interrupted');
		expect(readdirSync(cacheRoot)).toEqual(['locks']);
		const path = await cached('tool-1', 'tool', async (draft) => {
			await Promise.resolve();
			writeFileSync(join(draft, 'tool'), 'whole');
		});
		expect(existsSync(path)).toBe(true);
	});
});

describe('a lock', () => {
	test('has one holder, and is free again afterwards', async () => {
		const release = await tryLock(folder);
		expect(release).toBeTypeOf('function');
		expect(await tryLock(folder)).toBeUndefined();
		const waiting = withLock(folder, () => Promise.resolve('mine'));
		release?.();
		expect(await waiting).toBe('mine');
	});
});

describe('what is wrong, and what to do', () => {
	test('a full disk', () => {
		const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
		expect(explain(error).message).toContain('The disk is full');
		expect(explain(error).remedy).toContain('Free about');
	});

	test('no right to write', () => {
		const error = Object.assign(new Error("EACCES: permission denied, mkdir '/x'"), { code: 'EACCES' });
		expect(explain(error).remedy).toContain('DATA_DIR');
	});

	test('no right to install a system package', async () => {
		vi.spyOn(process, 'getuid').mockReturnValue(1000);
		const attempt = installPackages(['python3-pip'], 'to fetch mongod');
		await expect(attempt).rejects.toThrow('this user may not install them');
		await expect(attempt).rejects.toHaveProperty(
			'remedy',
			expect.stringContaining('sudo apt-get install -y'),
		);
	});

	test('no package manager', async () => {
		vi.stubEnv('PATH', folder);
		await expect(installPackages(['meson'], 'to build')).rejects.toThrow('not a Debian system');
	});

	test('no mongod, and no way to fetch one', async () => {
		vi.stubEnv('PATH', folder);
		vi.stubEnv('MONGOD_BIN', '');
		vi.stubGlobal('fetch', () => Promise.reject(new Error('closed network')));
		const { obtainMongod } = await import('../../scripts/lib/obtainMongod.mjs');
		await expect(obtainMongod({ detail: '', result: '', skip: () => undefined })).rejects.toHaveProperty(
			'remedy',
		);
		vi.unstubAllGlobals();
	});

	test('CHROMIUM_BIN names nothing', async () => {
		vi.stubEnv('CHROMIUM_BIN', join(folder, 'no-such-browser'));
		const { obtainBrowser } = await import('../../scripts/lib/browser.mjs');
		const attempt = obtainBrowser({ result: '', skip: () => undefined });
		await expect(attempt).rejects.toThrow('no-such-browser, which is not there');
		await expect(attempt).rejects.toHaveProperty('remedy');
	});
});

describe('settings', () => {
	test('PORT=0 frees all ports; given ones stay', () => {
		const { ports } = readOptions([], { PORT: '0', MEDIA_PORT: '41000' }, folder);
		expect(ports).toEqual({ hub: 0, signal: 0, media: 41_000 });
	});

	test('F26 ports that nobody named stand beside PORT, and make way for a product that runs already', async () => {
		const { ports, follow } = readOptions([], { PORT: '24100' }, '/root');
		expect({ ports, follow }).toEqual({
			ports: { hub: 24100, signal: 24101, media: 40000 },
			follow: { signal: true, media: true },
		});
		const first = await freePortRow(8, '127.0.0.1');
		const held = [createServer(), createServer()];
		held[0]?.listen(first + 1, '127.0.0.1');
		held[1]?.listen(first + 3, '127.0.0.1');
		await Promise.all(held.map((server) => once(server, 'listening')));
		const wanted = { hub: first, signal: first + 1, media: first + 2 };
		const settings = { wanted, workers: 1, host: '127.0.0.1' };
		const settled = await settlePorts({ ...settings, follow: { signal: true, media: true } });
		expect(settled).toEqual({ hub: first, signal: first + 2, media: first + 4 });
		// A port that was named is not exchanged for another one.
		await expect(settlePorts({ ...settings, follow: { signal: false, media: true } })).rejects.toThrow(
			'MEDIA_SIGNAL_PORT',
		);
		for (const server of held) server.close();
	});

	test('F25 a name that the hosts file gives to the loopback stands for a real address, or is refused by its line', () => {
		const own = (...outer: string[]) => [
			{ address: '127.0.0.1', family: 'IPv4', internal: true },
			...outer.map((address) => ({ address, family: 'IPv4', internal: false })),
		];
		const hosts = '127.0.0.1\tlocalhost\n127.0.1.1\tmyhost.city myhost # by Debian\n';
		const debian = { host: 'myhost', addresses: ['127.0.1.1'], hosts };
		expect(chooseAddress({ ...debian, own: own('10.1.2.3') })).toBe('10.1.2.3');
		for (const outer of [[], ['10.1.2.3', '192.168.0.9']]) {
			expect(() => chooseAddress({ ...debian, own: own(...outer) })).toThrow(
				'myhost is 127.0.1.1 here, which no other machine reaches: line 2 of /etc/hosts, “127.0.1.1\tmyhost.city myhost',
			);
		}
		const named = {
			host: 'myhost',
			addresses: ['127.0.1.1', '10.1.2.3'],
			hosts,
			own: own('10.1.2.3', '10.9.9.9'),
		};
		expect(chooseAddress(named)).toBe('10.1.2.3');
		expect(chooseAddress({ ...debian, host: 'localhost', addresses: ['127.0.0.1'], own: own() })).toBe(
			'127.0.0.1',
		);
		expect(() => chooseAddress({ ...debian, addresses: ['10.7.7.7'], own: own('10.1.2.3') })).toThrow(
			'is not an address of this machine',
		);
	});

	test('HOST and --host are the same setting', () => {
		expect(readOptions(['--host', 'hub.example'], {}, folder).host).toBe('hub.example');
		expect(readOptions([], { HOST: 'hub.example' }, folder).host).toBe('hub.example');
	});

	test('an unknown option is refused', () => {
		expect(() => readOptions(['--prot', '1'], {}, folder)).toThrow(StartProblem);
	});

	test('a port that somebody holds is not free', async () => {
		const { createServer } = await import('node:net');
		const server = createServer().listen(0, '127.0.0.1');
		await vi.waitFor(() => expect(server.listening).toBe(true));
		const address = server.address();
		const port = typeof address === 'object' && address ? address.port : 0;
		expect(await isFree(port, '127.0.0.1')).toBe(false);
		server.close();
	});
});
