import { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { pick } from '../../platform/socket/RequestRouter.ts';
import { commentOnForm, solveComment } from './commentCommands.ts';
import { completeForm } from './completeForm.ts';
import { writeField } from './writeField.ts';

/** Filling a form in, and commenting on it. */
export function formSockets(hub: HubContext): void {
	hubSockets(hub).handle(
		pick(hubRequests, 'form:write', 'form:comment', 'form:solveComment', 'form:complete'),
		{
			'form:write': (asked, { data }) => writeField(hub, data, asked),
			'form:comment': async (asked, { data }) => {
				await commentOnForm(hub, data, asked);
				return {};
			},
			'form:solveComment': async (asked, { data }) => {
				await solveComment(hub, data, asked);
				return {};
			},
			'form:complete': (asked, { data }) => completeForm(hub, data, asked),
		},
	);
}
