import { createPrivateKey, generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const base64Key = (/** @type {number} */ bytes) => () => randomBytes(bytes).toString('base64');

const made = {
	ACCESS_TOKEN_SECRET: base64Key(48),
	PERSONS_KEY: base64Key(32),
	PERSONS_HASH_KEY: base64Key(32),
	NODE_CREDENTIAL: base64Key(32),
};

/**
 * The secrets of this installation, made once and readable by their owner only.
 * @param {string} folder
 * @returns {Record<string, string>} `<NAME>_FILE` → path, for hub and media node
 */
export function installationSecrets(folder) {
	mkdirSync(folder, { recursive: true });
	chmodSync(folder, 0o700);
	const path = (/** @type {string} */ name) => join(folder, name);
	for (const [name, make] of Object.entries(made)) {
		if (!existsSync(path(name))) write(path(name), make());
	}
	const [privateKey, publicKey] = [path('MEDIA_GRANT_PRIVATE_KEY'), path('MEDIA_GRANT_PUBLIC_KEY')];
	if (!existsSync(privateKey) || !existsSync(publicKey)) {
		const pair = generateKeyPairSync('ec', {
			namedCurve: 'P-256',
			publicKeyEncoding: { type: 'spki', format: 'pem' },
			privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
		});
		write(privateKey, pair.privateKey);
		write(publicKey, pair.publicKey);
	}
	const names = [...Object.keys(made), 'MEDIA_GRANT_PRIVATE_KEY', 'MEDIA_GRANT_PUBLIC_KEY'];
	return Object.fromEntries(names.map((name) => [`${name}_FILE`, path(name)]));
}

/**
 * What a media node of a city shows the hub, as `hub-server/src/features/media-nodes/cityKeys.ts` makes it.
 * @param {string} privateKeyPem @param {string} city GB/T 2260
 */
export function cityKey(privateKeyPem, city) {
	const key = createPrivateKey(privateKeyPem).export({ type: 'pkcs8', format: 'der' });
	return Buffer.from(hkdfSync('sha256', key, '', `counter-hub/node-city/${city}`, 32)).toString('base64url');
}

/** @param {Record<string, string>} secrets of the installation @param {string} city @returns {string} path */
export function cityKeyFile({ MEDIA_GRANT_PRIVATE_KEY_FILE = '' }, city) {
	const path = join(dirname(MEDIA_GRANT_PRIVATE_KEY_FILE), `NODE_CITY_KEY_${city}`);
	write(path, cityKey(readFileSync(MEDIA_GRANT_PRIVATE_KEY_FILE, 'utf8'), city));
	return path;
}

/** Whole or not at all, so that a start cut short leaves no half secret. @param {string} path @param {string} text */
function write(path, text) {
	writeFileSync(`${path}.tmp`, text, { mode: 0o600 });
	renameSync(`${path}.tmp`, path);
}
