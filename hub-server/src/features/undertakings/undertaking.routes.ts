import { z } from 'zod';
import { staffId } from '@counter-hub/shared/ids/ids.ts';
import {
	publishUndertakingBody,
	signaturesOfStaff,
	signUndertakingBody,
	undertaking,
	UNDERTAKING_LIMITS,
	undertakings,
} from '@counter-hub/shared/undertakings/undertakings.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { publishUndertaking } from './publishUndertaking.ts';
import { readSignatures } from './signatures.ts';
import { signUndertaking } from './signUndertaking.ts';
import { undertakingPdf } from './undertakingPdf.ts';
import { getUndertaking, readUndertakings } from './undertakingVersions.ts';

const tag = 'Undertakings';
const PDF = 'application/pdf';
const version = z.coerce.number().int().min(1).max(UNDERTAKING_LIMITS.versions);
const params = z.strictObject({ version });

/** The undertaking 保密承诺书 (S4.3): its versions, publishing and signing, and the signed text on paper. */
export function undertakingRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path: '/undertakings',
		operationId: 'listUndertakings',
		summary: 'The version in force with its text, and all versions, the last one first',
		tag,
		guard,
		response: undertakings,
		handler: () => readUndertakings(hub),
	});

	hub.api.route({
		method: 'post',
		path: '/undertakings',
		operationId: 'publishUndertaking',
		summary: 'Publishes the next version for all cities: everybody must sign anew',
		tag,
		guard,
		body: publishUndertakingBody,
		response: undertakings,
		status: 201,
		errors: [
			'notAllowed',
			'staleVersion',
			'tooManyUndertakings',
			'personalNumber',
			'commandReused',
			'queueFull',
		],
		handler: async ({ actor, body }) => {
			await publishUndertaking(hub, actor, body);
			return readUndertakings(hub);
		},
	});

	hub.api.route({
		method: 'get',
		path: '/undertakings/{version}',
		operationId: 'readUndertaking',
		summary: 'One version with its text',
		tag,
		guard,
		params,
		response: undertaking,
		errors: ['unknownUndertaking'],
		handler: ({ params: asked }) => getUndertaking(hub, asked.version),
	});

	hub.api.route({
		method: 'post',
		path: '/undertakings/{version}/signature',
		operationId: 'signUndertaking',
		summary: 'Confirms the version in force with one’s own name; no reliable electronic signature',
		tag,
		guard,
		params,
		body: signUndertakingBody,
		response: signaturesOfStaff,
		status: 201,
		errors: [
			'notAllowed',
			'unknownUndertaking',
			'undertakingReplaced',
			'notOwnName',
			'commandReused',
			'queueFull',
		],
		handler: async ({ actor, params: asked, body }) => {
			await signUndertaking(hub, actor, asked.version, body);
			return readSignatures(hub, actor, actor.actor.staffId);
		},
	});

	hub.api.route({
		method: 'get',
		path: '/staff/{staffId}/undertakings',
		operationId: 'listSignatures',
		summary: 'The versions that a person has signed, the last one first',
		tag,
		guard,
		params: z.strictObject({ staffId }),
		response: signaturesOfStaff,
		errors: ['notAllowed', 'notFound'],
		handler: ({ actor, params: asked }) => readSignatures(hub, actor, asked.staffId),
	});

	hub.api.route({
		method: 'get',
		path: '/staff/{staffId}/undertakings/{version}/pdf',
		operationId: 'printUndertaking',
		summary: 'A version as PDF, with who has signed it when',
		tag,
		guard,
		params: z.strictObject({ staffId, version }),
		gives: PDF,
		errors: ['notAllowed', 'notFound', 'unknownUndertaking', 'undertakingNotSigned', 'queueFull'],
		handler: async ({ actor, params: asked, response }) => {
			const bytes = await undertakingPdf(hub, actor, asked.staffId, asked.version);
			response.set({ 'Content-Type': PDF, 'Content-Length': String(bytes.length) }).end(bytes);
		},
	});
}
