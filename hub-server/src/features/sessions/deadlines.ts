import { trusted } from 'mongoose';
import type { SessionCommand } from '@counter-hub/shared/sessions/sessionMachine.ts';
import type { HubContext } from '../../HubContext.ts';
import { afterChange } from './afterChange.ts';
import { ringOn } from './ringing.ts';
import { runSessionCommand } from './runSessionCommand.ts';
import { sessionModel, type SessionDocument } from './Session.model.ts';

const SWEEP_MS = 1_000;
const SWEPT_AT_ONCE = 200;
/** A request and its ringing are one command, so the one without the other is a matter of moments. */
const HALF_WAY_MS = 5_000;

/**
 * Deadlines of sessions (V3): no answer in time is missed, both sides gone too long is abandoned. They are stored
 * dates that any hub settles by an ordinary command, so no timer dies with a process and two hubs do no harm.
 */
export function sweepDeadlines(hub: HubContext): void {
	hub.sweeper.every(SWEEP_MS, 'session deadlines', async () => {
		const now = new Date(hub.now()).toISOString();
		// A hub that died half-way left only the request; whoever looks at the timeline completes the command.
		const halfWay = new Date(hub.now() - HALF_WAY_MS).toISOString();
		// One question a second for all of it: an idle hub costs next to nothing.
		const found = await sessionModel(hub.connection)
			.find({
				$or: [
					{ state: 'requested', requestedAt: trusted({ $lte: halfWay }) },
					{ state: 'ringing' },
					{ state: 'active', abandonAt: trusted({ $lte: now }) },
				],
			})
			.limit(SWEPT_AT_ONCE)
			.lean();
		const rings = ({ state, ringUntil }: SessionDocument) =>
			state === 'ringing' && ringUntil !== null && ringUntil > now;
		for (const session of found.filter((one) => !rings(one))) await settle(hub, session);
		await ringOn(hub, found.filter(rings));
	});
}

async function settle(hub: HubContext, session: SessionDocument): Promise<void> {
	try {
		await settleOne(hub, session, { type: session.state === 'active' ? 'abandon' : 'expire' });
	} catch (error) {
		// One that cannot be settled must not keep the others waiting.
		hub.logger.warn({ err: error, sessionId: session._id }, 'a deadline could not be settled; tried again');
	}
}

async function settleOne(
	hub: HubContext,
	{ _id: sessionId, caseId, version }: Pick<SessionDocument, '_id' | 'caseId' | 'version'>,
	command: SessionCommand,
): Promise<void> {
	const { session, hasEvents } = await runSessionCommand(hub, {
		caseId,
		sessionId,
		commandId: `${command.type}:${sessionId}:${version}`,
		asked: command,
		actor: { kind: 'system', by: 'deadline' },
		commands: [command],
	});
	if (hasEvents) afterChange(hub, session);
}
