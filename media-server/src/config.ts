import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { nodeId } from '@counter-hub/shared/media/nodeProtocol.ts';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const flag = z.enum(['0', '1']).transform((value) => value === '1');
const origins = z
	.string()
	.transform((text) => text.split(',').map((url) => url.trim().replace(/\/+$/, '')))
	.pipe(z.array(z.url({ protocol: /^https?$/ })).min(1));
const addresses = z
	.string()
	.transform((text) => text.split(',').map((address) => address.trim()))
	.pipe(z.array(z.string().min(1, 'has an empty address')).min(1).max(8));
const publicKeyPem = z.string().refine((pem) => {
	try {
		return createPublicKey(pem).asymmetricKeyDetails?.namedCurve === 'prime256v1';
	} catch {
		return false;
	}
}, 'must be a P-256 public key in PEM');

/** The environment of a media node, field by field. Each secret may also be given as `<NAME>_FILE`, a path. */
const environment = z.object({
	/** Names this node to the hubs; the same after a restart. */
	NODE_ID: nodeId.default('media-1'),
	/** Origins of all hubs, separated by commas. */
	HUB_URLS: origins,
	/** What the hubs ask of a node that registers. */
	NODE_CREDENTIAL: z.string().min(32, 'must have at least 32 characters'),
	/** Asked for by `/metrics`, as a bearer; without it everybody may read them. */
	METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
	/** Address to bind, for signalling and media. */
	HOST: z.string().min(1).default('127.0.0.1'),
	/** Address or name that browsers use for the signalling; default HOST. */
	ANNOUNCED_HOST: z.string().min(1).optional(),
	/** Every address under which browsers reach the media, one per network, separated by commas; default ANNOUNCED_HOST. */
	ANNOUNCED_ADDRESS: addresses.optional(),
	/** Port of the signalling; 0 takes a free one. */
	MEDIA_SIGNAL_PORT: port.default(0),
	/** First of WORKERS + 1 media ports, each UDP and TCP alike; 0 takes free ones. */
	MEDIA_PORT: port.default(0),
	/** Worker processes; default one per core. One more stands by. */
	WORKERS: z.coerce.number().int().min(1).max(128).default(availableParallelism()),
	/** Public half of the key with which the hub signs media tokens. */
	MEDIA_GRANT_PUBLIC_KEY: publicKeyPem,
	/** The mediasoup worker's binary; default the one of the mediasoup package. */
	MEDIASOUP_WORKER_BIN: z.string().optional(),
	/** Certificates in PEM of the authority that signed the hub's, where it is a local one. */
	HUB_CA_FILE: z.string().optional(),
	/** Certificate and key in PEM for signalling: both, or neither for plain HTTP. */
	TLS_CERT_FILE: z.string().optional(),
	TLS_KEY_FILE: z.string().optional(),
	LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
	/** 1 = stop in good order when stdin ends (the starter's pipe). */
	STOP_ON_STDIN_END: flag.default(false),
});

const SECRETS = ['NODE_CREDENTIAL', 'MEDIA_GRANT_PUBLIC_KEY', 'METRICS_TOKEN'] as const;

export interface MediaConfig {
	readonly nodeId: string;
	readonly hubUrls: readonly string[];
	readonly nodeCredential: string;
	readonly metricsToken: string | undefined;
	readonly host: string;
	readonly announcedHost: string;
	readonly announcedAddresses: readonly string[];
	readonly signalPort: number;
	readonly mediaPort: number;
	readonly workers: number;
	/** PEM. */
	readonly grantPublicKey: string;
	readonly workerBin: string | undefined;
	/** PEM texts. */
	readonly hubCa: string | undefined;
	readonly tls: { readonly cert: string; readonly key: string } | undefined;
	readonly logLevel: z.infer<typeof environment>['LOG_LEVEL'];
	readonly stopOnStdinEnd: boolean;
}

/** What is wrong with the environment, in one line that names the variable. */
export class ConfigError extends Error {}

/** Reads and checks the environment once. Throws `ConfigError` naming the first wrong variable. */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): MediaConfig {
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
		throw new ConfigError(
			`${name}: ${given[name] === undefined ? 'is required' : (issue?.message ?? 'is wrong')}`,
		);
	}
	const e = result.data;
	if ((e.TLS_CERT_FILE === undefined) !== (e.TLS_KEY_FILE === undefined)) {
		throw new ConfigError('TLS_CERT_FILE and TLS_KEY_FILE: give both or neither');
	}
	return Object.freeze({
		nodeId: e.NODE_ID,
		hubUrls: Object.freeze(e.HUB_URLS),
		nodeCredential: e.NODE_CREDENTIAL,
		metricsToken: e.METRICS_TOKEN,
		host: e.HOST,
		announcedHost: e.ANNOUNCED_HOST ?? e.HOST,
		announcedAddresses: Object.freeze(e.ANNOUNCED_ADDRESS ?? [e.ANNOUNCED_HOST ?? e.HOST]),
		signalPort: e.MEDIA_SIGNAL_PORT,
		mediaPort: e.MEDIA_PORT,
		workers: e.WORKERS,
		grantPublicKey: e.MEDIA_GRANT_PUBLIC_KEY,
		workerBin: e.MEDIASOUP_WORKER_BIN,
		hubCa: e.HUB_CA_FILE === undefined ? undefined : readText('HUB_CA_FILE', e.HUB_CA_FILE),
		tls:
			e.TLS_CERT_FILE === undefined || e.TLS_KEY_FILE === undefined
				? undefined
				: Object.freeze({
						cert: readText('TLS_CERT_FILE', e.TLS_CERT_FILE),
						key: readText('TLS_KEY_FILE', e.TLS_KEY_FILE),
					}),
		logLevel: e.LOG_LEVEL,
		stopOnStdinEnd: e.STOP_ON_STDIN_END,
	});
}

function readText(name: string, path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		throw new ConfigError(`${name}: cannot read ${path}`);
	}
}
