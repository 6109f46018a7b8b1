import type { Outcome } from '@counter-hub/shared/tickets/faults.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import type { HubContext } from '../../HubContext.ts';
import { onLatestTicket, type Latest } from './onLatestTicket.ts';

const actor: EventActor = { kind: 'system', by: 'hub' };

/**
 * Opens a ticket for a failure or notes it on the open one; notes on that when it passes again (S5.2b, L5). The same
 * command again changes nothing, nor does what is older than what the ticket knows.
 */
export async function noteOutcome(hub: HubContext, outcome: Outcome, commandId: string): Promise<void> {
	const { cause, failed, answering } = outcome;
	await onLatestTicket(hub, cause, {
		commandId,
		numberedFor: failed ? answering.cityCode : null,
		decide: (latest) => (failed ? onFailure(outcome, latest) : onPass(outcome, latest)),
	});
}

function onFailure(
	{ cause, evidence, answering }: Outcome,
	{ ticket, round, number, nextId }: Latest,
): EventDraft[] {
	if (!ticket) {
		if (number === null) return [];
		const data = { number, cause, round, ...answering, text: null, evidence };
		return [{ type: 'ticket.opened', data, actor }];
	}
	if (ticket.followedBy !== null) return [];
	if (ticket.state !== 'solved')
		return evidence.at < ticket.knownUntil ? [] : [{ type: 'ticket.failed', data: { evidence }, actor }];
	// Only what fails after the solution is a fault that it did not solve.
	return evidence.at <= ticket.knownUntil
		? []
		: [{ type: 'ticket.followed', data: { ticketId: nextId }, actor }];
}

/** Only the first time: a check of every morning would fill the history. */
function onPass({ cause, evidence }: Outcome, { ticket }: Latest): EventDraft[] {
	if (!ticket || ticket.state === 'solved' || ticket.passedAt !== null) return [];
	if (evidence.at < ticket.knownUntil) return [];
	// Whether a device does what it should a person sees; a link is measured whole.
	return [{ type: 'ticket.passed', data: { evidence, solved: cause.kind !== 'device' }, actor }];
}
