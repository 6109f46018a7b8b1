import type { CityCode } from '../cities/cities.ts';
import type { Post } from './people.ts';

/** Whoever asks: the post, and whether a password of one's own is still to be chosen. */
export interface Actor extends Post {
	staffId: string;
	mustChangePassword: boolean;
}

interface CaseRef {
	originCity: CityCode;
	permitCity: CityCode;
	originCounterId: string;
	permitCounterId: string;
}

const serves = (actor: Actor) => actor.role === 'clerk' || actor.role === 'approver';
const isParty = (actor: Actor, c: CaseRef) =>
	actor.counterId !== null &&
	(actor.counterId === c.originCounterId || actor.counterId === c.permitCounterId);

/**
 * Who may do what, once, for REST, sockets and the page (which only hides what the hub would refuse anyway).
 * Least privilege: an administrator manages people and places and reads no case; a supervisor reads his cities' cases.
 */
export const may = {
	openCase: (actor: Actor) => actor.role === 'clerk' && actor.counterId !== null,
	readCase: (actor: Actor, c: CaseRef) =>
		(serves(actor) && isParty(actor, c)) ||
		(actor.role === 'supervisor' &&
			(actor.cities.includes(c.originCity) || actor.cities.includes(c.permitCity))),
	writeCase: (actor: Actor, c: CaseRef) => serves(actor) && isParty(actor, c),
	unmask: (actor: Actor, c: CaseRef) => serves(actor) && isParty(actor, c),
	requestSession: (actor: Actor, c: CaseRef) => serves(actor) && isParty(actor, c),
	answerSession: (actor: Actor, toCounterId: string) => serves(actor) && actor.counterId === toCounterId,
	concludeSession: (actor: Actor, permitCounterId: string) =>
		serves(actor) && actor.counterId === permitCounterId,
	listCases: (actor: Actor) => actor.role !== 'administrator',
	seePresence: (actor: Actor) => actor.role !== 'administrator',
	manage: (actor: Actor, city: CityCode) => actor.role === 'administrator' && actor.cities.includes(city),
	manageAll: (actor: Actor, cities: readonly CityCode[]) =>
		actor.role === 'administrator' && cities.every((city) => actor.cities.includes(city)),
} as const;
