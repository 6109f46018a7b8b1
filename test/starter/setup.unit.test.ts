import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { installPackages } from '../../scripts/lib/debian.mjs';
import { tryLock, withLock } from '../../scripts/lib/locks.mjs';
import { readOptions } from '../../scripts/lib/options.mjs';
import { isFree } from '../../scripts/lib/ports.mjs';
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
});

describe('settings', () => {
	test('PORT=0 frees all ports; given ones stay', () => {
		const { ports } = readOptions([], { PORT: '0', MEDIA_PORT: '41000' }, folder);
		expect(ports).toEqual({ hub: 0, signal: 0, media: 41_000 });
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
