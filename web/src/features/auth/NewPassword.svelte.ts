import { ApiProblem } from '#platform/ApiProblem.ts';
import type { SignIn } from '#platform/SignIn.svelte.ts';
import { m } from '#paraglide/messages.js';

const SHORTEST = 10;

/** The fields of a change of password, what is wrong with them, and the change itself. */
export class NewPassword {
	current = $state('');
	next = $state('');
	repeat = $state('');
	busy = $state(false);
	problem = $state.raw<ApiProblem | null>(null);
	#tried = $state(false);

	readonly nextError = $derived(
		this.next !== '' || this.#tried
			? this.next.length < SHORTEST
				? m.auth_pw_short({ n: SHORTEST - this.next.length })
				: undefined
			: undefined,
	);
	readonly repeatError = $derived(
		(this.repeat.length >= this.next.length || this.#tried) && this.repeat !== this.next
			? m.auth_pw_differs()
			: undefined,
	);

	/** @returns whether the password is changed now */
	async submit(signIn: SignIn): Promise<boolean> {
		this.#tried = true;
		this.problem = null;
		if (this.busy || this.next.length < SHORTEST || this.next !== this.repeat) return false;
		this.busy = true;
		try {
			await signIn.changePassword(this.current, this.next);
			return true;
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return false;
		} finally {
			this.busy = false;
		}
	}
}
