import { argon2, randomBytes, randomInt, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { PASSWORD_CHECKS_MAX } from './limits.ts';

const deriveKey = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);

/** Cost of a hash: memory in KiB, passes over it, lanes. */
interface PasswordCost {
	memory: number;
	passes: number;
	parallelism: number;
}
/** `standard` is OWASP's recommendation for argon2id (19 MiB, two passes); `light` is for throw-away data in tests. */
export const PASSWORD_COSTS = {
	standard: { memory: 19_456, passes: 2, parallelism: 1 },
	light: { memory: 64, passes: 1, parallelism: 1 },
} as const satisfies Record<string, PasswordCost>;
const KEY_BYTES = 32;

let running = 0;

/** An argon2id hash in PHC form, with its parameters, so that a later change of cost leaves old hashes readable. */
export async function hashPassword(
	password: string,
	cost: PasswordCost = PASSWORD_COSTS.standard,
): Promise<string> {
	const salt = randomBytes(16);
	const key = await derive(password, salt, cost);
	const { memory, passes, parallelism } = cost;
	return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(salt)}$${encode(key)}`;
}

/**
 * Whether the password fits the hash; takes the same time either way.
 * @throws AppError `queueFull` while too many passwords are being checked
 */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
	const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash);
	const [, memory, passes, parallelism, salt = '', key = ''] = match ?? [];
	if (!match) throw new TypeError('not an argon2id hash');
	const expected = Buffer.from(key, 'base64');
	const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
	const actual = await derive(password, Buffer.from(salt, 'base64'), cost);
	return actual.length === expected.length && timingSafeEqual(actual, expected);
}

async function derive(password: string, nonce: Buffer, cost: PasswordCost): Promise<Buffer> {
	if (running >= PASSWORD_CHECKS_MAX) throw new AppError('queueFull');
	running++;
	try {
		return await deriveKey('argon2id', {
			message: password.normalize('NFKC'),
			nonce,
			tagLength: KEY_BYTES,
			...cost,
		});
	} finally {
		running--;
	}
}

const encode = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');

/**
 * The rule for a password of one's own: at least ten characters (the schema says so), not the sign-in or display
 * name, at least five different characters, no plain run such as `1234567890`, and two kinds of characters.
 * @throws AppError `weakPassword` with `params.reason`
 */
export function assertStrongPassword(password: string, names: readonly string[]): void {
	const text = password.toLowerCase();
	const refuse = (reason: string) => {
		throw new AppError('weakPassword', { params: { reason } });
	};
	if (names.some((name) => name.length >= 2 && text.includes(name.toLowerCase()))) refuse('containsName');
	if (new Set(text).size < 5) refuse('repetitive');
	if (RUNS.some((run) => run.includes(text))) refuse('sequence');
	const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u].filter((kind) =>
		kind.test(password),
	);
	if (kinds.length < 2) refuse('oneKind');
}

const forward = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];
const RUNS = [...forward, ...forward.map((run) => Array.from(run).reverse().join(''))];

/** No 0/O, 1/l/I, and no capitals: a one-time password is read out and typed. */
const ONE_TIME_ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';

/** A random password to be shown once: 4 × 4 characters without look-alikes, some 79 bits. */
export function newOneTimePassword(): string {
	const letters = Array.from({ length: 16 }, () =>
		ONE_TIME_ALPHABET.charAt(randomInt(ONE_TIME_ALPHABET.length)),
	);
	return [0, 4, 8, 12].map((start) => letters.slice(start, start + 4).join('')).join('-');
}
