import type { SessionCommand } from '@counter-hub/shared/sessions/sessionMachine.ts';
import type { HubContext } from '../../HubContext.ts';
import type { Happening, Source } from '../rooms/RoomKind.ts';
import { afterChange } from './afterChange.ts';
import { runSessionCommand } from './runSessionCommand.ts';
import type { SessionRecord } from './sessionProjections.ts';

/** Puts on the timeline what a media node told, or a hub concluded, about the room of a session that goes on. */
export async function recordInCall(
	hub: HubContext,
	{ id: sessionId, caseId, state }: SessionRecord,
	happening: Happening,
	{ commandId, seen, version }: Source,
): Promise<void> {
	if (state === 'ended') return;
	const command: SessionCommand = { ...happening, seen };
	const { session, hasEvents } = await runSessionCommand(hub, {
		caseId,
		sessionId,
		commandId,
		asked: command,
		actor: { kind: 'system', by: 'mediaNode' },
		commands: [command],
		ifVersion: version,
	});
	if (hasEvents) afterChange(hub, session);
}
