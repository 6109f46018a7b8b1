import { casePolicy, worksOn, type CaseSides } from '../cases/policy.ts';
import type { Actor } from '../people/Actor.ts';
import { peoplePolicy } from '../people/policy.ts';
import type { SharedFile } from './files.ts';

export const filePolicy = {
	shareFile: worksOn,
	/** The side that shared it takes it back. */
	withdrawFile: (actor: Actor, c: CaseSides, { sharedBy }: Pick<SharedFile, 'sharedBy'>) =>
		worksOn(actor, c) && actor.counterId === sharedBy.counterId,
	/** What was taken back is shown to nobody but those who look into what happened. */
	openFile: (actor: Actor, c: CaseSides, { withdrawn }: Pick<SharedFile, 'withdrawn'>) =>
		casePolicy.readCase(actor, c) && (withdrawn === null || actor.role === 'supervisor'),
	decideScanning: peoplePolicy.manage,
} as const;
