import { attendanceList, type AttendanceQuery } from '@counter-hub/shared/shifts/attendance.ts';
import {
	counterService,
	handoverDraft,
	ownShift,
	type ExplainBody,
	type OpenShiftBody,
	type OwnShift,
} from '@counter-hub/shared/shifts/shifts.ts';
import { z } from 'zod';
import type { Api } from '#platform/Api.ts';

/** What is done to a shift, by the path. */
export type ShiftStep =
	'pause' | 'resume' | 'close' | 'handover' | 'handover/withdraw' | 'handover/confirm' | 'handover/decline';

/** REST of shifts and attendance. All throw ApiProblem. */
export const shiftsApi = {
	own: (api: Api, windowId: string | null) =>
		api.get('/shifts/own', ownShift, { query: windowId === null ? {} : { windowId } }),
	open: (api: Api, body: OpenShiftBody): Promise<OwnShift> =>
		api.command({ method: 'POST', path: '/shifts', body, answer: ownShift }),
	step: (
		api: Api,
		shiftId: string,
		what: ShiftStep,
		body: { commandId: string } & Record<string, unknown>,
	): Promise<OwnShift> =>
		api.command({ method: 'POST', path: `/shifts/${shiftId}/${what}`, body, answer: ownShift }),
	draft: (api: Api, shiftId: string) => api.get(`/shifts/${shiftId}/handover`, handoverDraft),
	service: (api: Api, counterId: string) => api.get(`/counters/${counterId}/service`, counterService),
	attendance: (api: Api, query: AttendanceQuery, signal?: AbortSignal) =>
		api.get('/attendance', attendanceList, { query, signal }),
	explain: (api: Api, body: ExplainBody) =>
		api.command({ method: 'POST', path: '/attendance/explanations', body, answer: z.object({}) }),
} as const;
