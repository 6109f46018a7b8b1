import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { parseTrustedProxies, type TrustsProxy } from './platform/http/clientAddress.ts';

const flag = z.enum(['0', '1']).transform((value) => value === '1');
const key32 = z
	.base64()
	.transform((text) => Buffer.from(text, 'base64'))
	.refine((key) => key.length === 32, 'must be 32 bytes in base64');
const privateKeyPem = z.string().refine((pem) => {
	try {
		return createPrivateKey(pem).asymmetricKeyDetails?.namedCurve === 'prime256v1';
	} catch {
		return false;
	}
}, 'must be a P-256 private key in PEM');

/** The environment of the hub, field by field. Each secret may also be given as `<NAME>_FILE`, a path. */
const environment = z.object({
	/** Address to bind. */
	HOST: z.string().min(1).default('127.0.0.1'),
	/** Port to bind; 0 takes a free one. */
	PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
	/** The origin that browsers use, where it differs from the bound address. */
	PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
	/** Which proxies are believed when they name the address of a person: `none`, how many, or addresses and networks. */
	TRUST_PROXY: z
		.string()
		.default('loopback')
		.transform((text, context) => {
			try {
				return parseTrustedProxies(text);
			} catch (error) {
				context.addIssue(error instanceof Error ? error.message : String(error));
				return z.NEVER;
			}
		}),
	/** Replica set, with credentials. */
	MONGODB_URL: z.string().regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://'),
	/** Folder of the built web page. */
	WEB_ROOT: z.string().default(resolve(import.meta.dirname, '../../web/build')),
	/** Signs access tokens (HS256). */
	ACCESS_TOKEN_SECRET: z.string().min(32, 'must have at least 32 characters'),
	/** Encrypts personal data at rest. */
	PERSONS_KEY: key32,
	/** Keys the search hashes over personal data. */
	PERSONS_HASH_KEY: key32,
	/** Signs media tokens (ES256); media nodes hold the public half. */
	MEDIA_GRANT_PRIVATE_KEY: privateKeyPem,
	/** What media nodes must show to register. */
	NODE_CREDENTIAL: z.string().min(32, 'must have at least 32 characters'),
	/** Asked for by `/metrics` and the parts of `/readyz`, as a bearer; without it everybody may read them. */
	METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
	/** Certificate and key in PEM: both, or neither for plain HTTP. */
	TLS_CERT_FILE: z.string().optional(),
	TLS_KEY_FILE: z.string().optional(),
	LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
	/** Looks at files before they are kept: `clamav://host:3310` (INSTREAM), or `http(s)://…` (POST; 2xx clean, 406 not). */
	BLOB_SCAN_URL: z.url({ protocol: /^(clamav|https?)$/ }).optional(),
	/** Files are refused when less than this would stay free on the database's disk, in MiB. */
	BLOB_DISK_RESERVE_MB: z.coerce.number().int().min(0).default(1024),
	/** How long a call rings before it is missed, in seconds. */
	RING_SECONDS: z.coerce.number().positive().max(600).default(45),
	/** 1 = stop in good order when stdin ends (the starter's pipe). */
	STOP_ON_STDIN_END: flag.default(false),
});

const SECRETS = [
	'ACCESS_TOKEN_SECRET',
	'PERSONS_KEY',
	'PERSONS_HASH_KEY',
	'MEDIA_GRANT_PRIVATE_KEY',
	'NODE_CREDENTIAL',
	'METRICS_TOKEN',
] as const;

export interface HubConfig {
	readonly host: string;
	readonly port: number;
	readonly publicUrl: string | undefined;
	readonly trustsProxy: TrustsProxy;
	readonly mongodbUrl: string;
	readonly webRoot: string;
	readonly accessTokenSecret: string;
	readonly personsKey: Buffer;
	readonly personsHashKey: Buffer;
	/** PEM. */
	readonly mediaGrantPrivateKey: string;
	readonly nodeCredential: string;
	readonly metricsToken: string | undefined;
	/** PEM texts. */
	readonly tls: { readonly cert: string; readonly key: string } | undefined;
	readonly logLevel: z.infer<typeof environment>['LOG_LEVEL'];
	/** Looks at files before they are kept: `clamav://host:3310`, or `http(s)://…`. */
	readonly blobScanUrl: string | undefined;
	/** Bytes of the database's disk that files leave free. */
	readonly blobDiskReserve: number;
	readonly ringSeconds: number;
	readonly stopOnStdinEnd: boolean;
}

/** What is wrong with the environment, in one line that names the variable. */
export class ConfigError extends Error {}

/** Reads and checks the environment once. Throws `ConfigError` naming the first wrong variable. */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): HubConfig {
	const given = Object.fromEntries(
		Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
	);
	for (const name of SECRETS) {
		const path = env[`${name}_FILE`];
		if (path) given[name] = readText(`${name}_FILE`, path).trim();
	}
	const result = environment.safeParse(given);
	if (!result.success) {
		const [issue] = result.error.issues;
		const name = String(issue?.path[0]);
		const missing = given[name] === undefined;
		throw new ConfigError(`${name}: ${missing ? 'is required' : (issue?.message ?? 'is wrong')}`);
	}
	const e = result.data;
	if ((e.TLS_CERT_FILE === undefined) !== (e.TLS_KEY_FILE === undefined)) {
		throw new ConfigError('TLS_CERT_FILE and TLS_KEY_FILE: give both or neither');
	}
	return Object.freeze({
		host: e.HOST,
		port: e.PORT,
		publicUrl: e.PUBLIC_URL?.replace(/\/+$/, ''),
		trustsProxy: e.TRUST_PROXY,
		mongodbUrl: e.MONGODB_URL,
		webRoot: resolve(e.WEB_ROOT),
		accessTokenSecret: e.ACCESS_TOKEN_SECRET,
		personsKey: e.PERSONS_KEY,
		personsHashKey: e.PERSONS_HASH_KEY,
		mediaGrantPrivateKey: e.MEDIA_GRANT_PRIVATE_KEY,
		nodeCredential: e.NODE_CREDENTIAL,
		metricsToken: e.METRICS_TOKEN,
		tls:
			e.TLS_CERT_FILE === undefined || e.TLS_KEY_FILE === undefined
				? undefined
				: Object.freeze({
						cert: readText('TLS_CERT_FILE', e.TLS_CERT_FILE),
						key: readText('TLS_KEY_FILE', e.TLS_KEY_FILE),
					}),
		logLevel: e.LOG_LEVEL,
		blobScanUrl: e.BLOB_SCAN_URL,
		blobDiskReserve: e.BLOB_DISK_RESERVE_MB * 1024 * 1024,
		ringSeconds: e.RING_SECONDS,
		stopOnStdinEnd: e.STOP_ON_STDIN_END,
	});
}

function readText(name: string, path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
		throw new ConfigError(`${name}: cannot read ${path} (${why})`);
	}
}
