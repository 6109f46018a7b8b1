import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import { COMMAND_EVENTS_MAX } from '../../limits.ts';
import { GENESIS, hashOfEvent } from './hashChain.ts';
import type { TimelineEvent } from './types.ts';

/** Where a timeline ends: what the next event is chained to. */
export type Head = Pick<TimelineEvent, 'seq' | 'at' | 'hash'>;

/** The id of the n-th event of a command; the first bears the command's own id. */
const partId = (commandId: string, index: number): string =>
	index === 0 ? commandId : `${commandId}+${index}`;

/** A command id and its part, from the id that an event bears. */
export function partOf(eventCommandId: string): { commandId: string; index: number } {
	const plus = eventCommandId.lastIndexOf('+');
	if (plus < 0) return { commandId: eventCommandId, index: 0 };
	return { commandId: eventCommandId.slice(0, plus), index: Number(eventCommandId.slice(plus + 1)) };
}

/** The time of the next events: now, but never before the head. */
export const timeAfter = (head: Head | undefined, now: number): Date =>
	head && head.at.getTime() > now ? head.at : new Date(now);

/**
 * Gives the drafts of one command their place in the chain. All but the last carry what still follows, so that a
 * command of several events is decided with its first one.
 * @param first index of the first draft within its command
 */
export function sealEvents(
	subject: string,
	head: Head | undefined,
	commandId: string,
	drafts: readonly EventDraft[],
	at: Date,
	{ digest, first = 0 }: { digest?: string | undefined; first?: number } = {},
): TimelineEvent[] {
	if (first + drafts.length > COMMAND_EVENTS_MAX) {
		throw new AppError('internal', {
			detail: `a command of more than ${COMMAND_EVENTS_MAX} events`,
			expose: false,
		});
	}
	let { seq, hash: prevHash } = head ?? { seq: 0, hash: GENESIS };
	return drafts.map((draft, i) => {
		const { type, data, actor, about, machine, version } = draft;
		if ((machine === undefined) !== (version === undefined)) {
			throw new AppError('internal', { detail: `${type}: machine and version go together`, expose: false });
		}
		const event = {
			subject,
			seq: ++seq,
			at,
			type,
			actor,
			commandId: partId(commandId, first + i),
			...(digest !== undefined && i === 0 && { digest }),
			...(about && { about }),
			...(machine !== undefined && { machine, version }),
			data,
			...(i + 1 < drafts.length && { rest: drafts.slice(i + 1) }),
			prevHash,
			hash: '',
		} as TimelineEvent;
		prevHash = event.hash = hashOfEvent(event);
		return event;
	});
}
