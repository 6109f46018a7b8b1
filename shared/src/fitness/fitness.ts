import { z } from 'zod';
import { characters } from '../codes/characters.ts';
import { counterId, staffId } from '../ids/ids.ts';
import { LIMITS } from '../limits/limits.ts';
import { staffView } from '../people/people.ts';
import { qualificationContent, qualificationKind } from '../qualifications/qualifications.ts';
import { undertakingVersion } from '../undertakings/undertakings.ts';

/** What stands between a person and a shift: no valid training or exam of a kind, or a version not signed (S4.3). */
const lack = z
	.discriminatedUnion('kind', [
		z.object({ kind: z.literal('qualification'), qualification: qualificationKind }),
		z.object({ kind: z.literal('undertaking'), version: undertakingVersion }),
	])
	.meta({ id: 'Lack' });
export type Lack = z.infer<typeof lack>;

/** Whether a person may open a shift 上岗条件, and what he lacks where not. */
export interface Fitness {
	readonly fit: boolean;
	readonly lacks: readonly Lack[];
}

/** A person with what he lacks, what runs out soon, and what he has signed last. */
const staffFitness = z
	.object({
		staffId,
		...staffView.pick({ name: true, displayName: true, role: true, cities: true, counterId: true }).shape,
		lacks: z.array(lack),
		expiring: z.array(
			qualificationContent.pick({ kind: true, title: true }).extend({ validUntil: z.iso.date() }),
		),
		signed: z.object({ version: undertakingVersion, signedAt: z.iso.datetime() }).nullable(),
	})
	.meta({ id: 'StaffFitness' });
export type StaffFitness = z.infer<typeof staffFitness>;

/** Of the day in Shanghai; `currentVersion` of the undertaking is null while there is none. */
const ofDay = { date: z.iso.date(), currentVersion: undertakingVersion.nullable() };
export const fitnessOfStaff = z.object({ ...ofDay, person: staffFitness }).meta({ id: 'FitnessOfStaff' });
export type FitnessOfStaff = z.infer<typeof fitnessOfStaff>;

/** Clerks and approvers in the order of their sign-in names. */
export const fitnessPage = z
	.object({ ...ofDay, people: z.array(staffFitness), nextCursor: z.string().nullable() })
	.meta({ id: 'FitnessPage' });
export type FitnessPage = z.infer<typeof fitnessPage>;

/** `text` matches sign-in or display name, the cursor is the last name looked at. */
export const fitnessQuery = z.strictObject({
	text: characters(0, 60).optional(),
	counterId: counterId.optional(),
	/** Only those who lack something. */
	lacking: z
		.enum(['true', 'false'])
		.default('false')
		.transform((text) => text === 'true'),
	cursor: z.string().max(40).optional(),
	limit: z.coerce.number().int().min(1).max(LIMITS.pageMax).default(LIMITS.pageSize),
});
