import type { Actor } from '../people/Actor.ts';
import { looksAfter, type Person } from '../people/looksAfter.ts';
import { peoplePolicy } from '../people/policy.ts';

export const qualificationPolicy = {
	recordQualification: (actor: Actor, { cities }: Person) => peoplePolicy.manageAll(actor, cities),
	readQualifications: (actor: Actor, person: Person) =>
		actor.staffId === person.staffId || looksAfter(actor, person),
	/** What was struck out may be somebody else's paper: it is shown to those alone who look into it. */
	openProof: (actor: Actor, person: Person, { struck }: { struck: object | null }) =>
		looksAfter(actor, person) || (actor.staffId === person.staffId && struck === null),
	/** Who opened which proof is for supervisors, as with the things of a case. */
	readProofAudit: (actor: Actor, person: Person) => actor.role === 'supervisor' && looksAfter(actor, person),
	setQualificationRules: peoplePolicy.manage,
} as const;
