import { readingDecision } from './decisions.ts';

export const readingEvents = {
	/** What was read off a still, held against the case, and what a person made of it (V13). */
	'reading.decided': readingDecision,
} as const;
