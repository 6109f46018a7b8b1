import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { cityKey } from '@counter-hub/hub-server/features/media-nodes/cityKeys.ts';
import { loadConfig } from '@counter-hub/media-server/config.ts';
import { expect, test } from 'vitest';
import { cityKey as ofStarter } from '../../scripts/lib/secrets.mjs';

const PRINT = resolve(import.meta.dirname, '../../hub-server/src/features/media-nodes/printCityKey.ts');
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

test('N-1 the key of a city is its own, and starter, command and hub agree on it', async () => {
	const key = cityKey(pem, '310117');
	expect(key).toMatch(/^[\w-]{43}$/);
	expect(cityKey(pem, '330100')).not.toBe(key);
	expect(ofStarter(pem, '310117')).toBe(key);
	// The same key in another form of PEM.
	expect(cityKey(privateKey.export({ type: 'sec1', format: 'pem' }).toString(), '310117')).toBe(key);
	const env = { ...process.env, MEDIA_GRANT_PRIVATE_KEY: pem };
	const print = (city: string) => promisify(execFile)(process.execPath, [PRINT, city], { env });
	expect((await print('310117')).stdout.trim()).toBe(key);
	await expect(print('Songjiang')).rejects.toMatchObject({ code: 1, stderr: /name a city by its code/ });
});

test('N-1 a node that names a city without a key does not start', () => {
	const env = {
		HUB_URLS: 'http://127.0.0.1:9',
		NODE_CREDENTIAL: 'x'.repeat(40),
		MEDIA_GRANT_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
		NODE_CITY: '310117',
	};
	expect(() => loadConfig(env)).toThrow('NODE_CITY_KEY: is required with NODE_CITY');
	expect(loadConfig({ ...env, NODE_CITY_KEY: 'k' })).toMatchObject({ city: '310117', cityKey: 'k' });
	expect(loadConfig({ ...env, NODE_CITY: undefined })).toMatchObject({ city: null, cityKey: null });
});
