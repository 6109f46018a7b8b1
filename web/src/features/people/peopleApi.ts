import {
	oneTimePassword,
	staffPage,
	staffView,
	type createStaffBody,
	type updateStaffBody,
} from '@counter-hub/shared/people/people.ts';
import type { z } from 'zod';
import type { Api } from '#platform/Api.ts';

export interface StaffFilters {
	text: string;
	counterId: string;
}

/** REST of the register of people, for administrators. All throw ApiProblem. */
export const peopleApi = {
	list: (api: Api, query: { text?: string; counterId?: string; cursor?: string }, signal?: AbortSignal) =>
		api.get('/staff', staffPage, { query, signal }),

	/** The answer shows the one-time password, this once. */
	create: (api: Api, body: z.input<typeof createStaffBody>) =>
		api.command({ method: 'POST', path: '/staff', body, answer: oneTimePassword }),

	update: (api: Api, staffId: string, body: z.input<typeof updateStaffBody>) =>
		api.send({ method: 'PATCH', path: `/staff/${staffId}`, body, answer: staffView }),

	lift: (api: Api, staffId: string) =>
		api.send({ method: 'DELETE', path: `/staff/${staffId}/failures`, answer: staffView }),

	resetPassword: (api: Api, staffId: string) =>
		api.send({ method: 'POST', path: `/staff/${staffId}/password-reset`, answer: oneTimePassword }),
} as const;
