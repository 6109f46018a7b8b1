import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** Whole or not at all, so that a start cut short leaves no half secret. @param {string} path @param {string} text */
function write(path, text) {
	writeFileSync(`${path}.tmp`, text, { mode: 0o600 });
	renameSync(`${path}.tmp`, path);
}
