import { dutyView } from '@counter-hub/shared/rota/duty.ts';
import { rotaView, rotaWeek } from '@counter-hub/shared/rota/rota.ts';
import { z } from 'zod';
import type { Api } from '#platform/Api.ts';

/** What is done to a published week beside planning it. */
export type RotaCommand = 'plan' | 'publication' | 'leaves' | 'substitutions' | 'leave-ends';

/** A body as it was sent first: sent again it takes effect once. */
export interface RotaBody {
	commandId: string;
	version: number;
	[field: string]: unknown;
}

const path = (counterId: string, monday: string) => `/counters/${counterId}/rotas/${monday}`;

/** REST of rotas and of who is on duty. All throw ApiProblem. */
export const rotaApi = {
	weeks: async (api: Api, counterId: string, from: string, weeks: number) => {
		const answer = z.object({ weeks: z.array(rotaWeek) });
		return (await api.get(`/counters/${counterId}/rotas`, answer, { query: { from, weeks } })).weeks;
	},

	read: (api: Api, counterId: string, monday: string) => api.get(path(counterId, monday), rotaView),

	/** Answers the week after it. */
	command: (api: Api, counterId: string, monday: string, what: RotaCommand, body: RotaBody) =>
		api.command({ method: 'POST', path: `${path(counterId, monday)}/${what}`, body, answer: rotaView }),

	duty: (api: Api, date: string) => api.get('/duty', dutyView, { query: { date } }),
} as const;
