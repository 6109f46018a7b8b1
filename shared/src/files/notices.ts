import { scanning } from './scanning.ts';

export const fileNotices = {
	/** A city's administrator has decided anew what happens while the scanner is away. */
	'scanning:changed': scanning,
} as const;
