import { z } from 'zod';
import { staffId } from '../ids/ids.ts';
import { qualificationId } from './qualifications.ts';

/** The thing because of which the bytes of a proof are read. */
export const referrerOfProof = (ofStaff: string, qualification: string): string =>
	`proof:${ofStaff}_${qualification}`;

const ids = z.tuple([staffId, qualificationId]);

/** The ids in what follows `proof:`; undefined where it is no such thing. */
export function idsOfProof(id: string): { staffId: string; qualificationId: string } | undefined {
	const { data } = ids.safeParse(id.split('_'));
	return data && { staffId: data[0], qualificationId: data[1] };
}
