import { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { sessionId, staffId } from '@counter-hub/shared/ids/ids.ts';
import { stillNotices } from '@counter-hub/shared/stills/notices.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets, roomOf, type HubSocketData } from '../../hubSockets.ts';
import { defineSignal } from '../../platform/stream/Signals.ts';
import { signals } from '../../signals.ts';
import { assertMay } from '../auth/Principal.ts';
import { isAtPost } from '../sessions/callRules.ts';
import { sessionForParty } from '../sessions/sessionCommands.ts';

const asked = defineSignal(
	'still.asked',
	z.strictObject({ ...stillNotices['still:asked'].shape, sessionId, to: staffId }),
);

/**
 * Tells the page of the other side of a live call, whichever hub it is at, that a still is wanted. Nothing is kept of it:
 * who does not see the still come asks again with the same id.
 * @throws AppError `unknownSession`, `notAllowed`, `nobodyToAsk`
 */
export async function askForStill(
	hub: HubContext,
	who: HubSocketData,
	wanted: Omit<z.infer<(typeof stillNotices)['still:asked']>, 'askedBy'>,
): Promise<void> {
	const { session } = await sessionForParty(hub, who, wanted.sessionId);
	assertMay(isAtPost(session, who.actor));
	const other = [session.caller, session.callee].find(
		(party) => party && party.staffId !== who.actor.staffId,
	);
	if (session.state !== 'active' || !other) throw new AppError('nobodyToAsk');
	await signals(hub).send(asked, { ...wanted, askedBy: who.actor.staffId, to: other.staffId });
}

export function followAskedStills(hub: HubContext): void {
	signals(hub).on(asked, ({ to, ...wanted }) => {
		hubSockets(hub).namespace.local.to(roomOf.staff(to)).emit('still:asked', wanted);
	});
}
