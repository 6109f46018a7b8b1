import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with the environment, in one line that names the variable. */
export class ConfigError extends Error {}

export const port = z.coerce.number().int().min(0).max(65_535);
const flag = z.enum(['0', '1']).transform((value) => value === '1');

/** The variables that every server has. */
export const serverEnvironment = {
	/** Address to bind. */
	HOST: z.string().min(1).default('127.0.0.1'),
	/** What media nodes must show the hubs to register. */
	NODE_CREDENTIAL: z.string().min(32, 'must have at least 32 characters'),
	/** Asked for by `/metrics` and for the parts of `/readyz`, as a bearer; without it everybody may read them. */
	METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
	/** Certificate and key in PEM: both, or neither for plain HTTP. */
	TLS_CERT_FILE: z.string().optional(),
	TLS_KEY_FILE: z.string().optional(),
	LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
	/** 1 = stop in good order when stdin ends (the starter's pipe). */
	STOP_ON_STDIN_END: flag.default(false),
};
export type LogLevel = z.infer<typeof serverEnvironment.LOG_LEVEL>;

/** PEM texts. */
export interface Tls {
	readonly cert: string;
	readonly key: string;
}

export const privateKeyPem = keyPem('private', createPrivateKey);
export const publicKeyPem = keyPem('public', createPublicKey);

function keyPem(half: 'private' | 'public', read: (pem: string) => KeyObject) {
	return z.string().refine((pem) => {
		try {
			return read(pem).asymmetricKeyDetails?.namedCurve === 'prime256v1';
		} catch {
			return false;
		}
	}, `must be a P-256 ${half} key in PEM`);
}

/**
 * Reads and checks the environment. Each of `secrets` may also be given as `<NAME>_FILE`, a path. Throws `ConfigError`
 * naming the first wrong variable.
 */
export function readEnvironment<S extends z.ZodType>(
	schema: S,
	secrets: readonly string[],
	env: Environment,
): z.output<S> {
	const given = Object.fromEntries(
		Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
	);
	for (const name of secrets) {
		const path = env[`${name}_FILE`];
		if (path) given[name] = readText(`${name}_FILE`, path).trim();
	}
	const result = schema.safeParse(given);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	const name = String(issue?.path[0]);
	const missing = given[name] === undefined;
	throw new ConfigError(`${name}: ${missing ? 'is required' : (issue?.message ?? 'is wrong')}`);
}

/** Certificate and key, or undefined for plain HTTP. Throws `ConfigError` for half of it. */
export function readTls(files: {
	TLS_CERT_FILE?: string | undefined;
	TLS_KEY_FILE?: string | undefined;
}): Tls | undefined {
	const { TLS_CERT_FILE: cert, TLS_KEY_FILE: key } = files;
	if ((cert === undefined) !== (key === undefined)) {
		throw new ConfigError('TLS_CERT_FILE and TLS_KEY_FILE: give both or neither');
	}
	if (cert === undefined || key === undefined) return undefined;
	return Object.freeze({ cert: readText('TLS_CERT_FILE', cert), key: readText('TLS_KEY_FILE', key) });
}

/** The text of the file that a variable names. Throws `ConfigError`. */
export function readText(name: string, path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
		throw new ConfigError(`${name}: cannot read ${path} (${why})`);
	}
}
