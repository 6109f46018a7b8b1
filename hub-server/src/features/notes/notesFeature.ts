import { z } from 'zod';
import { caseId } from '@counter-hub/shared/ids/ids.ts';
import { noteBody, notePage, noteQuery, noteWritten } from '@counter-hub/shared/notes/notes.ts';
import type { Feature } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { getReadableCase } from '../cases/getCase.ts';
import { presentEvents } from '../cases/presentEvents.ts';
import { timeline } from '../timeline/timeline.ts';
import { writeNote } from './noteCommands.ts';

const tag = 'Notes';
const path = '/cases/{caseId}/notes';
const params = z.strictObject({ caseId });

/** Notes 备注 on cases: events of the case's timeline, so that nothing more is stored. */
export const notes: Feature = {
	name: 'notes',
	register(hub) {
		const guard = signedIn(hub);

		hub.api.route({
			method: 'post',
			path,
			operationId: 'writeNote',
			summary: 'Puts a note on the case’s timeline',
			tag,
			guard,
			params,
			body: noteBody,
			response: noteWritten,
			status: 201,
			errors: ['notAllowed', 'unknownCase', 'personalNumber', 'commandReused', 'queueFull'],
			handler: async ({ actor, params: { caseId: id }, body }) => ({
				events: await presentEvents(hub, await writeNote(hub, actor, id, body)),
			}),
		});

		hub.api.route({
			method: 'get',
			path,
			operationId: 'listNotes',
			summary: 'Notes of the case, the newest ones or those before a sequence number',
			tag,
			guard,
			params,
			query: noteQuery,
			response: notePage,
			errors: ['notAllowed', 'unknownCase'],
			handler: async ({ actor, params: { caseId: id }, query }) => {
				const { subject } = await getReadableCase(hub, actor, id);
				const { events, more } = await timeline(hub).page(subject, { ...query, type: 'case.noted' });
				return { notes: await presentEvents(hub, events), more };
			},
		});
	},
	demo: {
		remark: (text, actor) => ({ type: 'case.noted', data: { text }, actor }),
	},
};
