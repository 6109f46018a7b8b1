import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { subjectOfCase } from '@counter-hub/shared/cases/subjectOfCase.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { timeline } from '../timeline/timeline.ts';
import { caseProjection, type CaseFold } from './caseProjection.ts';

/** A case with everything acknowledged so far; `seq` is the head of its timeline. */
export interface CurrentCase extends CaseFold {
	id: string;
	subject: string;
	seq: number;
}

/**
 * Reads a case: its document, and what was appended since the document was written. Independent of the length of the
 * timeline.
 * @throws AppError `unknownCase`
 */
export async function getCase(hub: HubContext, id: string): Promise<CurrentCase> {
	const { state, seq } = await timeline(hub).projections.read(caseProjection, id);
	if (!state) throw new AppError('unknownCase');
	return { ...state, id, subject: subjectOfCase(id), seq };
}

/** @throws AppError `unknownCase`, or `notAllowed` if the person may not read it */
export async function getReadableCase(
	hub: HubContext,
	{ actor }: Pick<Principal, 'actor'>,
	id: string,
): Promise<CurrentCase> {
	const found = await getCase(hub, id);
	assertMay(may.readCase(actor, found));
	return found;
}

/** The person as the actor of an event of this case: from which counter and window, in which duty. */
export function caseActorOf(
	{ actor, windowId }: Pick<Principal, 'actor' | 'windowId'>,
	{
		originCounterId,
		permitCounterId,
		originCity,
		permitCity,
	}: Pick<CaseFold, 'originCounterId' | 'permitCounterId' | 'originCity' | 'permitCity'>,
): EventActor {
	const duty =
		actor.counterId === originCounterId ? 'receiving' : actor.counterId === permitCounterId ? 'permit' : null;
	const own = { receiving: originCity, permit: permitCity };
	return {
		kind: 'staff',
		staffId: actor.staffId,
		role: actor.role,
		cityCode: duty ? own[duty] : (actor.cities[0] ?? originCity),
		counterId: actor.counterId,
		windowId,
		duty,
	};
}
