import { vi } from 'vitest';

/** Tries until it does not throw; the limit only ends what hangs, however busy the machine is. */
export function eventually<T>(attempt: () => T | Promise<T>): Promise<T> {
	return vi.waitFor(attempt, { timeout: 60_000, interval: 100 });
}
