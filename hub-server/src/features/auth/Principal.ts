import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { Actor } from '@counter-hub/shared/people/Actor.ts';

/** Whoever is behind a request or a socket, as the register knows the person now. */
export interface Principal {
	readonly actor: Actor;
	/** Of the record of the register that says so; a later one counts more. */
	readonly staffVersion: number;
	readonly displayName: string;
	readonly signInId: string;
	/** The window that this PC was set to. */
	readonly windowId: string | null;
}

/** @throws AppError `notAllowed` unless the policy said yes */
export function assertMay(allowed: boolean): void {
	if (!allowed) throw new AppError('notAllowed');
}
