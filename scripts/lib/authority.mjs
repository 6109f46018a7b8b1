import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';

const dayMs = 86_400_000;
const authorityDays = 3650;
/** Browsers refuse certificates that are valid for longer than 398 days. */
const certificateDays = 397;
const renewBeforeDays = 30;

/**
 * Certificates for hub and media node, from one authority that is kept, so that a browser which trusts it
 * once trusts both, and again after every start.
 * @param {string} folder
 * @param {string[]} names host names and addresses under which this machine is reached
 * @returns {Promise<{ authority: string, cert: string, key: string }>} paths of PEM files
 */
export async function certificates(folder, names) {
	// Installed by the time that it is needed, but not when this file is loaded.
	const { generate } = await import('selfsigned');
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const path = (/** @type {string} */ name) => join(folder, name);
	const files = { authority: path('ca.crt'), cert: path('server.crt'), key: path('server.key') };

	if (!existsSync(files.authority) || daysLeft(files.authority) < renewBeforeDays) {
		const made = await generate([{ name: 'commonName', value: 'Counter Hub local authority' }], {
			...period(authorityDays),
			keyType: 'ec',
			algorithm: 'sha256',
			extensions: [
				{ name: 'basicConstraints', cA: true, critical: true },
				{ name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
			],
		});
		writeFileSync(path('ca.key'), made.private, { mode: 0o600 });
		writeFileSync(files.authority, made.cert);
	}
	if (!serves(files, names)) {
		const made = await generate([{ name: 'commonName', value: names[0] }], {
			...period(certificateDays),
			keyType: 'ec',
			algorithm: 'sha256',
			ca: { key: readFileSync(path('ca.key'), 'utf8'), cert: readFileSync(files.authority, 'utf8') },
			extensions: [
				{ name: 'basicConstraints', cA: false },
				{ name: 'keyUsage', digitalSignature: true, critical: true },
				{ name: 'extKeyUsage', serverAuth: true },
				{
					name: 'subjectAltName',
					altNames: names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
				},
			],
		});
		writeFileSync(files.key, made.private, { mode: 0o600 });
		writeFileSync(files.cert, made.cert);
	}
	return files;
}

/** @param {{ authority: string, cert: string, key: string }} files @param {string[]} names */
function serves(files, names) {
	if (!existsSync(files.cert) || !existsSync(files.key) || daysLeft(files.cert) < renewBeforeDays)
		return false;
	const cert = read(files.cert);
	return (
		cert.verify(read(files.authority).publicKey) &&
		names.every((name) => (isIP(name) ? cert.checkIP(name) : cert.checkHost(name)))
	);
}

/** @param {string} path */
function read(path) {
	return new X509Certificate(readFileSync(path));
}

/** @param {string} path */
function daysLeft(path) {
	return (new Date(read(path).validTo).getTime() - Date.now()) / dayMs;
}

/** From yesterday, for clocks that are a little slow. @param {number} days */
function period(days) {
	return {
		notBeforeDate: new Date(Date.now() - dayMs),
		notAfterDate: new Date(Date.now() + (days - 1) * dayMs),
	};
}
