import { resolve } from 'node:path';
import {
	port,
	privateKeyPem,
	readEnvironment,
	readTls,
	serverEnvironment,
	type LogLevel,
	type Tls,
} from '@counter-hub/shared/server/environment.ts';
import { z } from 'zod';
import { parseTrustedProxies, type TrustsProxy } from './platform/http/clientAddress.ts';

const key32 = z
	.base64()
	.transform((text) => Buffer.from(text, 'base64'))
	.refine((key) => key.length === 32, 'must be 32 bytes in base64');

/** The environment of the hub, field by field. Each secret may also be given as `<NAME>_FILE`, a path. */
const environment = z.object({
	/** Port to bind; 0 takes a free one. */
	PORT: port.default(3000),
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
	/** Looks at files before they are kept: `clamav://host:3310` (INSTREAM), or `http(s)://…` (POST; 2xx clean, 406 not). */
	BLOB_SCAN_URL: z.url({ protocol: /^(clamav|https?)$/ }).optional(),
	/** Files are refused when less than this would stay free on the database's disk, in MiB. */
	BLOB_DISK_RESERVE_MB: z.coerce.number().int().min(0).default(1024),
	/** How long a call rings before it is missed, in seconds. */
	RING_SECONDS: z.coerce.number().positive().max(600).default(45),
	...serverEnvironment,
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
	readonly tls: Tls | undefined;
	readonly logLevel: LogLevel;
	/** Looks at files before they are kept: `clamav://host:3310`, or `http(s)://…`. */
	readonly blobScanUrl: string | undefined;
	/** Bytes of the database's disk that files leave free. */
	readonly blobDiskReserve: number;
	readonly ringSeconds: number;
	readonly stopOnStdinEnd: boolean;
}

/** Reads and checks the environment once. Throws `ConfigError` naming the first wrong variable. */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): HubConfig {
	const e = readEnvironment(environment, SECRETS, env);
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
		tls: readTls(e),
		logLevel: e.LOG_LEVEL,
		blobScanUrl: e.BLOB_SCAN_URL,
		blobDiskReserve: e.BLOB_DISK_RESERVE_MB * 1024 * 1024,
		ringSeconds: e.RING_SECONDS,
		stopOnStdinEnd: e.STOP_ON_STDIN_END,
	});
}
