import { worksOn } from '../cases/policy.ts';
import { serves, type Actor } from '../people/Actor.ts';

export const sessionPolicy = {
	requestSession: worksOn,
	readSession: worksOn,
	answerSession: (actor: Actor, toCounterId: string) => serves(actor) && actor.counterId === toCounterId,
	concludeSession: (actor: Actor, permitCounterId: string) =>
		serves(actor) && actor.counterId === permitCounterId,
} as const;
