import type { Actor } from '../people/Actor.ts';

export const presencePolicy = {
	seePresence: (actor: Actor) => actor.role !== 'administrator',
} as const;
