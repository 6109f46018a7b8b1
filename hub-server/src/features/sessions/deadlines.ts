import type { SessionCommand } from '@counter-hub/shared/sessions/sessionMachine.ts';
import type { HubContext } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { afterChange } from './afterChange.ts';
import { moveHomes } from './moveHomes.ts';
import { ringOn } from './ringing.ts';
import { runSessionCommand } from './runSessionCommand.ts';
import { sessionModel, type SessionDocument } from './Session.model.ts';

const SWEEP_MS = 1_000;
const SWEPT_AT_ONCE = 200;
/** A request and its ringing are one command, so the one without the other is a matter of moments. */
const HALF_WAY_MS = 5_000;
/** The document follows the events of a session sooner than this, also where the hub that appended them has died. */
const LAG_MS = 10_000;
/** How often it is looked where nothing is known to wait, should the news of it be lost. */
const CALM_SWEEP_MS = 5_000;

/**
 * Deadlines of sessions (V3): no answer in time is missed, both sides gone too long is abandoned, a room whose node stays
 * away too long moves. They are stored
 * dates that any hub settles by an ordinary command, so no timer dies with a process and two hubs do no harm.
 * It looks each second while there is one, or a session has just changed at any hub: an idle hub asks next to nothing.
 */
export function sweepDeadlines(hub: HubContext): void {
	let someWait = true;
	let lookedAt = -Infinity;
	let changedAt = -Infinity;
	timeline(hub).live({
		name: 'deadlines of sessions',
		kind: 'case',
		onEvents: (events) => {
			if (events.some(({ type }) => type.startsWith('session.'))) changedAt = performance.now();
		},
	});
	hub.sweeper.every(SWEEP_MS, 'session deadlines', async () => {
		const from = performance.now();
		const isCalm = !someWait && from - changedAt > LAG_MS && timeline(hub).isFollowed;
		if (isCalm && from - lookedAt < CALM_SWEEP_MS) return;
		lookedAt = from;
		// One question for all of it, by the next deadline: what is due waits for nothing that only goes on.
		const found = await sessionModel(hub.connection).aggregate<SessionDocument>([
			{
				$match: {
					$or: [{ state: 'requested' }, { state: 'ringing' }, { state: 'active', abandonAt: { $gt: '' } }],
				},
			},
			{ $set: { deadline: { $ifNull: ['$abandonAt', '$ringUntil', '$requestedAt'] } } },
			{ $sort: { deadline: 1 } },
			{ $limit: SWEPT_AT_ONCE },
			{ $unset: 'deadline' },
		]);
		someWait = found.length > 0;
		const now = hub.now();
		for (const session of found) if (isDue(session, now)) await settle(hub, session);
		await moveHomes(
			hub,
			found.filter((session) => !isDue(session, now)),
		);
		await ringOn(
			hub,
			found.filter((session) => session.state === 'ringing' && !isDue(session, now)),
		);
	});
}

function isDue({ state, requestedAt, ringUntil, abandonAt }: SessionDocument, now: number): boolean {
	const isOver = (date: string) => date <= new Date(now).toISOString();
	if (state === 'ringing') return ringUntil === null || isOver(ringUntil);
	if (state === 'active') return abandonAt !== null && isOver(abandonAt);
	// A hub that died half-way left only the request; whoever looks at the timeline completes the command.
	return requestedAt <= new Date(now - HALF_WAY_MS).toISOString();
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
