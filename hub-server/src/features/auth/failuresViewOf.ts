import type { StaffView } from '@counter-hub/shared/people/people.ts';
import type { FailuresRecord } from './Guesses.model.ts';

/** Failed sign-ins as administrators see them. */
export function failuresViewOf(record: FailuresRecord | undefined): StaffView['failures'] {
	if (!record) return null;
	const { count, lastAt, lastAddress, slowedUntil } = record;
	return {
		count,
		lastAt: lastAt.toISOString(),
		lastAddress,
		slowedUntil: slowedUntil?.toISOString() ?? null,
	};
}
