import { availableParallelism } from 'node:os';
import { cityCode, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { nodeId } from '@counter-hub/shared/media/nodeProtocol.ts';
import {
	ConfigError,
	port,
	publicKeyPem,
	readEnvironment,
	readText,
	readTls,
	serverEnvironment,
	type LogLevel,
	type Tls,
} from '@counter-hub/shared/server/environment.ts';
import { z } from 'zod';

const origins = z
	.string()
	.transform((text) => text.split(',').map((url) => url.trim().replace(/\/+$/, '')))
	.pipe(z.array(z.url({ protocol: /^https?$/ })).min(1));
const addresses = z
	.string()
	.transform((text) => text.split(',').map((address) => address.trim()))
	.pipe(z.array(z.string().min(1, 'has an empty address')).min(1).max(8));

/** The environment of a media node, field by field. Each secret may also be given as `<NAME>_FILE`, a path. */
const environment = z.object({
	/** Names this node to the hubs; the same after a restart. */
	NODE_ID: nodeId.default('media-1'),
	/** Origins of all hubs, separated by commas. */
	HUB_URLS: origins,
	/** Address or name that browsers use for the signalling; default HOST. */
	ANNOUNCED_HOST: z.string().min(1).optional(),
	/** Every address under which browsers reach the media, one per network, separated by commas; default ANNOUNCED_HOST. */
	ANNOUNCED_ADDRESS: addresses.optional(),
	/** The city whose pages connect here (GB/T 2260), so that only nodes talk between cities; none: anybody's. */
	NODE_CITY: cityCode.optional(),
	/** Shows the hubs that this node is of that city; `printCityKey.ts` of the hub says it. Goes with NODE_CITY. */
	NODE_CITY_KEY: z.string().min(1).optional(),
	/** Origin that other nodes use for the signalling; default the one that browsers use. */
	SPAN_URL: z.url({ protocol: /^https?$/ }).optional(),
	/** Address under which other nodes reach the media of this one; default the first ANNOUNCED_ADDRESS. */
	SPAN_ADDRESS: z.string().min(1).optional(),
	/** First of 64 UDP ports for media from other nodes; 0 takes free ones. */
	SPAN_PORT: port.default(0),
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
	...serverEnvironment,
});

/** One pipe for each pair of workers, of this node and of another. */
const SPAN_PORTS = 64;

const SECRETS = ['NODE_CREDENTIAL', 'NODE_CITY_KEY', 'MEDIA_GRANT_PUBLIC_KEY', 'METRICS_TOKEN'] as const;

export interface MediaConfig {
	readonly nodeId: string;
	readonly hubUrls: readonly string[];
	readonly nodeCredential: string;
	readonly metricsToken: string | undefined;
	readonly host: string;
	readonly announcedHost: string;
	readonly announcedAddresses: readonly string[];
	readonly city: CityCode | null;
	/** Null where it is of none. */
	readonly cityKey: string | null;
	/** Null: the origin that browsers use. */
	readonly spanUrl: string | null;
	readonly spanAddress: string;
	readonly spanPorts: { readonly min: number; readonly max: number } | null;
	readonly signalPort: number;
	readonly mediaPort: number;
	readonly workers: number;
	/** PEM. */
	readonly grantPublicKey: string;
	readonly workerBin: string | undefined;
	/** PEM. */
	readonly hubCa: string | undefined;
	readonly tls: Tls | undefined;
	readonly logLevel: LogLevel;
	readonly stopOnStdinEnd: boolean;
}

/** Reads and checks the environment once. Throws `ConfigError` naming the first wrong variable. */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): MediaConfig {
	const e = readEnvironment(environment, SECRETS, env);
	if (e.NODE_CITY !== undefined && e.NODE_CITY_KEY === undefined)
		throw new ConfigError('NODE_CITY_KEY: is required with NODE_CITY');
	const announced = e.ANNOUNCED_ADDRESS ?? [e.ANNOUNCED_HOST ?? e.HOST];
	return Object.freeze({
		nodeId: e.NODE_ID,
		hubUrls: Object.freeze(e.HUB_URLS),
		nodeCredential: e.NODE_CREDENTIAL,
		metricsToken: e.METRICS_TOKEN,
		host: e.HOST,
		announcedHost: e.ANNOUNCED_HOST ?? e.HOST,
		announcedAddresses: Object.freeze(announced),
		city: e.NODE_CITY ?? null,
		cityKey: e.NODE_CITY === undefined ? null : (e.NODE_CITY_KEY ?? null),
		spanUrl: e.SPAN_URL?.replace(/\/+$/, '') ?? null,
		spanAddress: e.SPAN_ADDRESS ?? announced[0] ?? e.HOST,
		spanPorts: e.SPAN_PORT === 0 ? null : { min: e.SPAN_PORT, max: e.SPAN_PORT + SPAN_PORTS - 1 },
		signalPort: e.MEDIA_SIGNAL_PORT,
		mediaPort: e.MEDIA_PORT,
		workers: e.WORKERS,
		grantPublicKey: e.MEDIA_GRANT_PUBLIC_KEY,
		workerBin: e.MEDIASOUP_WORKER_BIN,
		hubCa: e.HUB_CA_FILE === undefined ? undefined : readText('HUB_CA_FILE', e.HUB_CA_FILE),
		tls: readTls(e),
		logLevel: e.LOG_LEVEL,
		stopOnStdinEnd: e.STOP_ON_STDIN_END,
	});
}
