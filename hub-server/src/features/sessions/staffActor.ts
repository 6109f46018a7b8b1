import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubSocketData } from '../../hubSockets.ts';
import type { CaseRef } from '../cases/caseRef.ts';

/** Who acts, from which window, in which duty: what every event of a person says. */
export function staffActor(
	{ actor, windowId }: Pick<HubSocketData, 'actor' | 'windowId'>,
	ref: CaseRef,
): EventActor {
	const [cityCode] = actor.cities;
	if (cityCode === undefined) throw new AppError('notAllowed');
	const atOrigin = actor.counterId === ref.originCounterId;
	const atPermit = actor.counterId === ref.permitCounterId;
	return {
		kind: 'staff',
		staffId: actor.staffId,
		role: actor.role,
		cityCode,
		counterId: actor.counterId,
		windowId,
		duty: atOrigin ? 'receiving' : atPermit ? 'permit' : null,
	};
}
