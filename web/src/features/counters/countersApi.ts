import type {
	createCounterBody,
	createWindowBody,
	updateCounterBody,
} from '@counter-hub/shared/people/people.ts';
import { counterView } from '@counter-hub/shared/people/people.ts';
import { z } from 'zod';
import type { Api } from '#platform/Api.ts';

/** REST of counters 专窗 and their windows. All throw ApiProblem. */
export const countersApi = {
	list: async (api: Api) =>
		(await api.get('/counters', z.object({ counters: z.array(counterView) }))).counters,

	create: (api: Api, body: z.input<typeof createCounterBody>) =>
		api.command({ method: 'POST', path: '/counters', body, answer: counterView }),

	update: (api: Api, counterId: string, body: z.input<typeof updateCounterBody>) =>
		api.send({ method: 'PATCH', path: `/counters/${counterId}`, body, answer: counterView }),

	addWindow: (api: Api, counterId: string, body: z.input<typeof createWindowBody>) =>
		api.command({
			method: 'POST',
			path: `/counters/${counterId}/windows`,
			body,
			answer: counterView,
		}),

	setWindow: (api: Api, counterId: string, windowId: string, body: { version: number; open: boolean }) =>
		api.send({
			method: 'PATCH',
			path: `/counters/${counterId}/windows/${windowId}`,
			body,
			answer: counterView,
		}),
} as const;
