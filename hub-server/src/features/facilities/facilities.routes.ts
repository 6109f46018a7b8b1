import { z } from 'zod';
import {
	counterFacilities,
	facilitiesView,
	recordSiteBody,
	recordWindowBody,
} from '@counter-hub/shared/facilities/facilities.ts';
import { counterId, windowId } from '@counter-hub/shared/ids/ids.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { recordSite, recordWindow } from './facilityCommands.ts';
import { showCounterFacilities, showFacilities } from './showFacilities.ts';

const tag = 'Facilities';
const CHANGES = ['notAllowed', 'unknownCounter', 'staleVersion', 'commandReused', 'queueFull'] as const;

/** Facilities of counters: administrators and supervisors of a city read them, administrators record them. */
export function facilitiesRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path: '/facilities',
		operationId: 'readFacilities',
		summary:
			'Place, sign, working space and devices of the counters of one’s cities, and in what they fall short',
		tag,
		guard,
		response: facilitiesView,
		errors: ['notAllowed'],
		handler: ({ actor }) => showFacilities(hub, actor),
	});

	hub.api.route({
		method: 'put',
		path: '/counters/{counterId}/facilities/site',
		operationId: 'recordSite',
		summary: 'Records where a counter stands and whether it shows the unified sign',
		tag,
		guard,
		params: z.strictObject({ counterId }),
		body: recordSiteBody,
		response: counterFacilities,
		errors: CHANGES,
		handler: async ({ actor, params, body }) => {
			await recordSite(hub, actor, params.counterId, body);
			return showCounterFacilities(hub, params.counterId);
		},
	});

	hub.api.route({
		method: 'put',
		path: '/counters/{counterId}/facilities/windows/{windowId}',
		operationId: 'recordWindowFacilities',
		summary: 'Records working space and devices of a window',
		tag,
		guard,
		params: z.strictObject({ counterId, windowId }),
		body: recordWindowBody,
		response: counterFacilities,
		errors: [...CHANGES, 'unknownWindow', 'personalNumber'],
		handler: async ({ actor, params, body }) => {
			await recordWindow(hub, actor, params, body);
			return showCounterFacilities(hub, params.counterId);
		},
	});
}
