import { z } from 'zod';
import { attendanceList, attendanceQuery } from '@counter-hub/shared/shifts/attendance.ts';
import { counterId } from '@counter-hub/shared/ids/ids.ts';
import {
	closeShiftBody,
	confirmThingBody,
	counterService,
	declineHandoverBody,
	explainBody,
	handoverDraft,
	offerHandoverBody,
	openShiftBody,
	ownShift,
	ownShiftQuery,
	pauseShiftBody,
	resumeShiftBody,
	withdrawHandoverBody,
} from '@counter-hub/shared/shifts/shifts.ts';
import { shiftId } from '@counter-hub/shared/shifts/shiftTerms.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import type { Principal } from '../auth/Principal.ts';
import { explainAttendance } from './explainAttendance.ts';
import { confirmThing, declineHandover, offerHandover, withdrawHandover } from './handovers.ts';
import { openShift } from './openShift.ts';
import { readAttendance } from './readAttendance.ts';
import { readService } from './readService.ts';
import { readHandoverDraft, readOwnShift } from './readShifts.ts';
import { closeShift, pauseShift, resumeShift } from './shiftCommands.ts';

const tag = 'Shifts';
const params = z.strictObject({ shiftId });
const COMMAND = ['notAllowed', 'commandReused', 'queueFull'] as const;
const STEP = [...COMMAND, 'unknownShift', 'shiftOtherState'] as const;
const HANDOVER = [...COMMAND, 'unknownShift', 'unknownHandover'] as const;

/** Shifts 当班, their handover 交接班, attendance 考勤, and who serves at a counter. */
export function shiftRoutes(hub: HubContext): void {
	const guard = signedIn(hub);
	/** Every command answers with how the own shift stands then. */
	const own = (principal: Principal) => readOwnShift(hub, principal, undefined);

	hub.api.route({
		method: 'get',
		path: '/shifts/own',
		operationId: 'readOwnShift',
		summary: 'The own shift, what it would open on at a window, and handovers that wait for confirmation',
		tag,
		guard,
		query: ownShiftQuery,
		response: ownShift,
		errors: ['notAllowed', 'unknownWindow'],
		handler: ({ actor, query: { windowId } }) => readOwnShift(hub, actor, windowId),
	});

	hub.api.route({
		method: 'post',
		path: '/shifts',
		operationId: 'openShift',
		summary: 'Opens the own shift on the result of the check, or with a named reason',
		tag,
		guard,
		body: openShiftBody,
		response: ownShift,
		status: 201,
		errors: [...COMMAND, 'unknownWindow', 'notFit', 'openingReasonMissing', 'shiftOpen', 'personalNumber'],
		handler: async ({ actor, body }) => {
			await openShift(hub, actor, body);
			return own(actor);
		},
	});

	hub.api.route({
		method: 'post',
		path: '/shifts/{shiftId}/pause',
		operationId: 'pauseShift',
		summary: 'Pauses the own shift: it is not rung until it goes on',
		tag,
		guard,
		params,
		body: pauseShiftBody,
		response: ownShift,
		errors: [...STEP, 'personalNumber'],
		handler: async ({ actor, params: { shiftId: id }, body }) => {
			await pauseShift(hub, actor, id, body);
			return own(actor);
		},
	});

	hub.api.route({
		method: 'post',
		path: '/shifts/{shiftId}/resume',
		operationId: 'resumeShift',
		summary: 'Goes on with the own shift',
		tag,
		guard,
		params,
		body: resumeShiftBody,
		response: ownShift,
		errors: STEP,
		handler: async ({ actor, params: { shiftId: id }, body: { commandId } }) => {
			await resumeShift(hub, actor, id, commandId);
			return own(actor);
		},
	});

	hub.api.route({
		method: 'post',
		path: '/shifts/{shiftId}/close',
		operationId: 'closeShift',
		summary: 'Ends the own shift; what there is to hand over was confirmed, or it is said why not',
		tag,
		guard,
		params,
		body: closeShiftBody,
		response: ownShift,
		errors: [...STEP, 'shiftBusy', 'handoverMissing', 'personalNumber'],
		handler: async ({ actor, params: { shiftId: id }, body }) => {
			await closeShift(hub, actor, id, body);
			return own(actor);
		},
	});

	hub.api.route({
		method: 'get',
		path: '/shifts/{shiftId}/handover',
		operationId: 'readHandoverDraft',
		summary: 'What there is to hand over, and who could take it',
		tag,
		guard,
		params,
		response: handoverDraft,
		errors: ['unknownShift'],
		handler: ({ actor, params: { shiftId: id } }) => readHandoverDraft(hub, actor, id),
	});

	hub.api.route({
		method: 'post',
		path: '/shifts/{shiftId}/handover',
		operationId: 'offerHandover',
		summary: 'Offers what there is to a colleague of the counter',
		tag,
		guard,
		params,
		body: offerHandoverBody,
		response: ownShift,
		errors: [...STEP, 'handoverOpen', 'notReceiver', 'nothingToHandOver', 'personalNumber'],
		handler: async ({ actor, params: { shiftId: id }, body }) => {
			await offerHandover(hub, actor, id, body);
			return own(actor);
		},
	});

	hub.api.route({
		method: 'post',
		path: '/shifts/{shiftId}/handover/withdraw',
		operationId: 'withdrawHandover',
		summary: 'Takes the own offer back',
		tag,
		guard,
		params,
		body: withdrawHandoverBody,
		response: ownShift,
		errors: HANDOVER,
		handler: async ({ actor, params: { shiftId: id }, body: { commandId } }) => {
			await withdrawHandover(hub, actor, id, commandId);
			return own(actor);
		},
	});

	hub.api.route({
		method: 'post',
		path: '/shifts/{shiftId}/handover/confirm',
		operationId: 'confirmThing',
		summary: 'The receiver confirms one of the things',
		tag,
		guard,
		params,
		body: confirmThingBody,
		response: ownShift,
		errors: HANDOVER,
		handler: async ({ actor, params: { shiftId: id }, body }) => {
			await confirmThing(hub, actor, id, body);
			return own(actor);
		},
	});

	hub.api.route({
		method: 'post',
		path: '/shifts/{shiftId}/handover/decline',
		operationId: 'declineHandover',
		summary: 'The receiver does not take it, with a reason',
		tag,
		guard,
		params,
		body: declineHandoverBody,
		response: ownShift,
		errors: [...HANDOVER, 'personalNumber'],
		handler: async ({ actor, params: { shiftId: id }, body }) => {
			await declineHandover(hub, actor, id, body);
			return own(actor);
		},
	});

	hub.api.route({
		method: 'get',
		path: '/attendance',
		operationId: 'readAttendance',
		summary: 'Attendance of oneself, or of the cities that one supervises or administers',
		tag,
		guard,
		query: attendanceQuery,
		response: attendanceList,
		errors: [],
		handler: ({ actor, query }) => readAttendance(hub, actor, query),
	});

	hub.api.route({
		method: 'post',
		path: '/attendance/explanations',
		operationId: 'explainAttendance',
		summary: 'Says something about a day; nothing is changed by it',
		tag,
		guard,
		body: explainBody,
		response: z.object({}),
		status: 201,
		errors: [...COMMAND, 'notFound', 'personalNumber'],
		handler: async ({ actor, body }) => {
			await explainAttendance(hub, actor, body);
			return {};
		},
	});

	hub.api.route({
		method: 'get',
		path: '/counters/{counterId}/service',
		operationId: 'readService',
		summary: 'Who serves at a counter now, when it opens, and where else somebody is free',
		tag,
		guard,
		params: z.strictObject({ counterId }),
		response: counterService,
		errors: ['notAllowed', 'unknownCounter'],
		handler: ({ actor, params: { counterId: id } }) => readService(hub, actor, id),
	});
}
