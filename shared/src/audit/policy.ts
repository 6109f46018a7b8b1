import type { CaseSides } from '../cases/policy.ts';
import type { Actor } from '../people/Actor.ts';

/** Who looked at what is for supervisors of the case's cities. */
export const auditPolicy = {
	readAudit: (actor: Actor, c: CaseSides) =>
		actor.role === 'supervisor' &&
		(actor.cities.includes(c.originCity) || actor.cities.includes(c.permitCity)),
} as const;
