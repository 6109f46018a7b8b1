import { windowCheck } from './checks.ts';

export const checkNotices = {
	/** To the pages of the counter: one of its windows was looked at. */
	'check:changed': windowCheck,
} as const;
