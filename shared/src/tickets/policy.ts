import { serves, type Actor } from '../people/Actor.ts';
import { peoplePolicy } from '../people/policy.ts';
import type { Answering } from './faults.ts';

const isOfCounter = (actor: Actor, counterId: string) => serves(actor) && actor.counterId === counterId;
const looksOn = (actor: Actor, { cityCode }: Answering) =>
	actor.role === 'supervisor' && actor.cities.includes(cityCode);
/** Devices and lines of a city are maintained by its administrators. */
const maintains = (actor: Actor, { cityCode }: Answering) => peoplePolicy.manage(actor, cityCode);
const takesPart = (actor: Actor, ticket: Answering) =>
	isOfCounter(actor, ticket.counterId) || maintains(actor, ticket);

export const ticketPolicy = {
	readTicket: (actor: Actor, ticket: Answering) => takesPart(actor, ticket) || looksOn(actor, ticket),
	openTicket: isOfCounter,
	noteTicket: takesPart,
	/** To take it, and to say that it is solved. */
	handleTicket: maintains,
	/** Whoever works with the device sees first that it was not. */
	reopenTicket: takesPart,
} as const;
