import type { StaffFitness } from '@counter-hub/shared/fitness/fitness.ts';
import { lacksOf } from '@counter-hub/shared/fitness/lacksOf.ts';
import { expiringQualifications } from '@counter-hub/shared/qualifications/standing.ts';
import type { StaffRecord } from '../people/Staff.model.ts';
import type { Asked } from './askedOf.ts';
import type { Held } from './heldBy.ts';

/** How a person stands on a day in Shanghai: what he lacks, what runs out soon, what he has signed last. */
export function standing(person: StaffRecord, held: Held, asked: Asked, date: string): StaffFitness {
	const signature = held.signatures.at(-1);
	return {
		staffId: person._id,
		name: person.name,
		displayName: person.displayName,
		role: person.role,
		cities: [...person.cities],
		counterId: person.counterId,
		lacks: lacksOf(held, asked, date),
		expiring: expiringQualifications(held.records, date).flatMap(({ kind, title, validUntil }) =>
			validUntil === null ? [] : [{ kind, title, validUntil }],
		),
		signed: signature ? { version: signature.version, signedAt: signature.at.toISOString() } : null,
	};
}
