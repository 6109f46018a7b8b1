import { fitnessOfStaff, fitnessPage } from '@counter-hub/shared/fitness/fitness.ts';
import type { Api } from '#platform/Api.ts';

export interface FitnessFilters {
	text: string;
	counterId: string;
	/** Only those who lack something. */
	lacking: boolean;
}

/** REST of who may open a shift. All throw ApiProblem. */
export const fitnessApi = {
	list: (
		api: Api,
		{ text, counterId, lacking }: FitnessFilters,
		options: { cursor?: string; signal?: AbortSignal } = {},
	) =>
		api.get('/fitness', fitnessPage, {
			query: { text: text.trim(), counterId, lacking: String(lacking), cursor: options.cursor },
			signal: options.signal,
		}),

	of: (api: Api, staffId: string) => api.get(`/staff/${staffId}/fitness`, fitnessOfStaff),
} as const;
