import type { Actor } from '../people/Actor.ts';

/** A supervisor sees the figures of the counters of his cities. */
export const figuresPolicy = {
	seeFigures: (actor: Actor) => actor.role === 'supervisor',
} as const;
