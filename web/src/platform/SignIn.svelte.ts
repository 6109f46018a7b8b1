import { me as meSchema, signInAnswer, type Me } from '@counter-hub/shared/people/people.ts';
import { LIMITS } from '@counter-hub/shared/limits/limits.ts';
import type { Problem } from '@counter-hub/shared/errors/problem.ts';
import { z } from 'zod';
import { ApiProblem } from './ApiProblem.ts';
import { exchange, type HubListener } from './exchange.ts';

const STORAGE_KEY = 'counter-hub.signInId';
/** Renewed this long before it expires. */
const RENEW_AHEAD_MS = 60_000;
const RETRY_MS = 5_000;
/** A line that is away may hold a question for minutes; asked anew, the hub gives the same answer again. */
const RENEWAL_TIMEOUT_MS = 10_000;
/** Refusals after which a sign-in is over. Whatever else comes back, from the hub or a proxy, says “not now”. */
const FINAL = new Set(['AUTH-2003', 'AUTH-2004', 'AUTH-2005', 'REQ-1001']);

type Phase = 'starting' | 'unreachable' | 'signedOut' | 'passwordChange' | 'signedIn';
type Listener = (token: string) => void;

/**
 * Who is signed in, in this tab. The id of the sign-in stands in `sessionStorage`, so that two people in two tabs do
 * not disturb one another; the access token lives in memory only; the refresh token is an httpOnly cookie of the hub.
 */
export class SignIn {
	phase = $state<Phase>('starting');
	me = $state.raw<Me | null>(null);
	/** Why the last sign-in ended, for the sign-in page. */
	endedBy = $state.raw<Problem | null>(null);
	/** The person signed out here; whoever signs in next begins at their own start page. */
	left = $state(false);

	#token: { value: string; expiresAt: number } | null = null;
	#renewing: Promise<boolean> | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;
	readonly #listeners = new Set<Listener>();
	readonly #hears: HubListener;

	/** @param hears is told what each answer says of the hub itself */
	constructor(hears: HubListener) {
		this.#hears = hears;
	}

	get id(): string | null {
		return sessionStorage.getItem(STORAGE_KEY);
	}

	/** Returns to a sign-in that this tab already has. */
	async start(): Promise<void> {
		if (this.id === null) {
			this.phase = 'signedOut';
			return;
		}
		this.phase = 'starting';
		try {
			if (await this.renew()) await this.load();
		} catch {
			// Out of reach, stopping, or too busy to say: none of them ends a sign-in.
			this.phase = 'unreachable';
		}
	}

	/** @throws ApiProblem `AUTH-2001` wrong, `AUTH-2002` locked (`params.minutes`), `REQ-1005` too often */
	async begin(name: string, password: string): Promise<void> {
		this.endedBy = null;
		this.left = false;
		const answer = await exchange(
			{ method: 'POST', path: '/auth/sign-in', body: { name, password }, answer: signInAnswer },
			null,
			this.#hears,
		);
		sessionStorage.setItem(STORAGE_KEY, answer.signInId);
		this.#keep(answer.accessToken);
		if (answer.mustChangePassword) this.phase = 'passwordChange';
		else await this.load();
	}

	/** @throws ApiProblem `AUTH-2001` current password wrong, `AUTH-2007` new one too weak */
	async changePassword(current: string, next: string): Promise<void> {
		await exchange(
			{ method: 'POST', path: '/auth/password', body: { current, next }, answer: z.unknown() },
			await this.token(),
			this.#hears,
		);
		if (await this.renew()) await this.load();
	}

	async leave(): Promise<void> {
		const token = await this.token().catch(() => null);
		this.left = true;
		this.#forget();
		if (token === null) return;
		// Out of reach of the hub the cookie stays, but this tab has let go of the sign-in and nothing refers to it.
		await exchange({ method: 'POST', path: '/auth/sign-out', answer: z.unknown() }, token, this.#hears).catch(
			() => undefined,
		);
	}

	/** The hub says that this sign-in is over. */
	end(by: Problem): void {
		if (this.phase === 'signedOut') return;
		this.#forget();
		this.endedBy = by;
	}

	/** Reads the person anew, for example after the window was chosen. */
	async load(): Promise<void> {
		this.me = await exchange(
			{ method: 'GET', path: '/me', answer: meSchema },
			await this.token(),
			this.#hears,
		);
		this.phase = this.me.staff.mustChangePassword ? 'passwordChange' : 'signedIn';
	}

	/** A token that is good for a while; null when nobody is signed in. */
	async token(): Promise<string | null> {
		if (this.#token && this.#token.expiresAt - performance.now() > RENEW_AHEAD_MS / 2)
			return this.#token.value;
		if (this.id === null) return null;
		await this.renew();
		return this.#token?.value ?? null;
	}

	/** Tells of every new token, so that open sockets can renew theirs. */
	onToken(listener: Listener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Trades the refresh cookie for a new token; false when the sign-in is over. One at a time over all tabs. */
	renew(): Promise<boolean> {
		this.#renewing ??= this.#renew().finally(() => (this.#renewing = null));
		return this.#renewing;
	}

	async #renew(): Promise<boolean> {
		const signInId = this.id;
		if (signInId === null) return false;
		try {
			const answer = await navigator.locks.request(`counter-hub.refresh.${signInId}`, () =>
				exchange(
					{
						method: 'POST',
						path: '/auth/refresh',
						body: { signInId },
						answer: signInAnswer,
						signal: AbortSignal.timeout(RENEWAL_TIMEOUT_MS),
					},
					null,
					this.#hears,
				),
			);
			// Meanwhile the person may have signed out here.
			if (this.id !== signInId) return false;
			this.#keep(answer.accessToken);
			return true;
		} catch (error) {
			const { problem } = ApiProblem.from(error);
			if (!FINAL.has(problem.code)) throw error;
			if (this.id === signInId) this.end(problem);
			return false;
		}
	}

	/** A token lives as long as both ends know; the PC's clock, which may be wrong or be set, has no say in it. */
	#keep(value: string): void {
		this.#token = { value, expiresAt: performance.now() + LIMITS.accessTokenMs };
		this.#schedule(LIMITS.accessTokenMs - RENEW_AHEAD_MS);
		for (const listener of this.#listeners) listener(value);
	}

	#schedule(ms: number): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			this.renew().catch(() => this.#schedule(RETRY_MS));
		}, ms);
	}

	#forget(): void {
		clearTimeout(this.#timer);
		sessionStorage.removeItem(STORAGE_KEY);
		this.#token = null;
		this.me = null;
		this.phase = 'signedOut';
	}
}
