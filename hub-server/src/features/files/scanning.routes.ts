import { z } from 'zod';
import { knownCity } from '@counter-hub/shared/cities/cities.ts';
import { decideScanningBody, scanning } from '@counter-hub/shared/files/scanning.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { decideScanning } from './decideScanning.ts';
import { showScanning } from './scanWaivers.ts';

const tag = 'Files';

/** What happens to files while the scanner does not answer: everybody may know it, administrators decide it. */
export function scanningRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path: '/scanning',
		operationId: 'readScanning',
		summary: 'Whether there is a scanner, and whose files are taken while it does not answer',
		tag,
		guard,
		response: scanning,
		handler: () => showScanning(hub),
	});

	hub.api.route({
		method: 'post',
		path: '/scanning/{cityCode}',
		operationId: 'decideScanning',
		summary: 'Has a city’s files taken, or refused again, while the scanner does not answer',
		tag,
		guard,
		params: z.strictObject({ cityCode: knownCity }),
		body: decideScanningBody,
		response: scanning,
		errors: ['notAllowed', 'unknownCity', 'personalNumber', 'commandReused', 'queueFull'],
		handler: async ({ actor, params, body }) => {
			await decideScanning(hub, actor, params.cityCode, body);
			return showScanning(hub);
		},
	});
}
