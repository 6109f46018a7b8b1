import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '@counter-hub/hub-server/config.ts';
import { newSecrets } from './newHub.ts';

const url = 'mongodb://somebody:secret@127.0.0.1:27017/counter-hub?replicaSet=rs0';
const good = () => ({ ...newSecrets(), MONGODB_URL: url });

function newFile(text: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'config-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const path = join(folder, 'secret');
	writeFileSync(path, text);
	return path;
}

test('the environment is read once, with defaults, and cannot be changed', () => {
	const config = loadConfig(good());
	expect(config).toMatchObject({
		host: '127.0.0.1',
		port: 3000,
		ringSeconds: 45,
		tls: undefined,
		logLevel: 'info',
	});
	expect(config.personsKey).toHaveLength(32);
	expect(Object.isFrozen(config)).toBe(true);
});

test('a secret may be given as a file; empty variables count as not given', () => {
	const secret = 's'.repeat(40);
	const env = {
		...good(),
		ACCESS_TOKEN_SECRET: '',
		ACCESS_TOKEN_SECRET_FILE: newFile(`${secret}\n`),
		HOST: '',
	};
	expect(loadConfig(env)).toMatchObject({ accessTokenSecret: secret, host: '127.0.0.1' });
});

test.each([
	['MONGODB_URL', { MONGODB_URL: undefined }, 'MONGODB_URL: is required'],
	['MONGODB_URL', { MONGODB_URL: 'http://x' }, 'MONGODB_URL: must begin with'],
	['PERSONS_KEY', { PERSONS_KEY: 'dG9vIHNob3J0' }, 'PERSONS_KEY: must be 32 bytes in base64'],
	['ACCESS_TOKEN_SECRET', { ACCESS_TOKEN_SECRET: 'short' }, 'ACCESS_TOKEN_SECRET: must have at least 32'],
	[
		'MEDIA_GRANT_PRIVATE_KEY',
		{ MEDIA_GRANT_PRIVATE_KEY: 'x' },
		'MEDIA_GRANT_PRIVATE_KEY: must be a P-256 private key',
	],
	['PORT', { PORT: '70000' }, 'PORT: '],
	['TRUST_PROXY', { TRUST_PROXY: '10.0.0.0/40' }, 'TRUST_PROXY: ‘10.0.0.0/40’ is no address'],
	['TRUST_PROXY', { TRUST_PROXY: 'true' }, 'TRUST_PROXY: ‘true’ is no address'],
	['TRUST_PROXY', { TRUST_PROXY: '10.0.0.1, nginx' }, 'TRUST_PROXY: ‘nginx’ is no address'],
	[
		'NODE_CREDENTIAL_FILE',
		{ NODE_CREDENTIAL_FILE: '/nix' },
		'NODE_CREDENTIAL_FILE: cannot read /nix (ENOENT)',
	],
	['TLS_CERT_FILE', { TLS_CERT_FILE: '/nix' }, 'TLS_CERT_FILE and TLS_KEY_FILE: give both or neither'],
])('a wrong %s is named', (_name, change, message) => {
	expect(() => loadConfig({ ...good(), ...change })).toThrow(message);
});

test('the hub says what is wrong with its environment in one line and ends with 1', async () => {
	const main = new URL('../../hub-server/src/main.ts', import.meta.url).pathname;
	await expect(promisify(execFile)(process.execPath, [main], { env: {} })).rejects.toMatchObject({
		code: 1,
		stdout: '',
		stderr: expect.stringMatching(/^Configuration: [A-Z_]+: is required\n$/) as string,
	});
});
