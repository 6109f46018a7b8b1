import type { Readable } from 'node:stream';
import { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import {
	applyImportBody,
	IMPORT_LIMITS,
	importPreview,
	importStep,
	previewHash,
} from '@counter-hub/shared/imports/staffImport.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { applyImport } from './applyImport.ts';
import { previewImport } from './previewImport.ts';

const tag = 'Imports';

/** People by the list, for administrators of their cities: looked at first, then applied. */
export function importRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'post',
		path: '/imports/staff',
		operationId: 'previewStaffImport',
		summary: 'What would become of each line of a CSV (UTF-8 or GB18030; comma, semicolon or tab)',
		tag,
		guard,
		takes: 'text/csv',
		response: importPreview,
		errors: [
			'notAllowed',
			'importTooLarge',
			'importUnreadable',
			'importNoHeadings',
			'importMalformed',
			'importEmpty',
			'importTooManyLines',
		],
		handler: async ({ actor, request }) => previewImport(hub, actor, await bytesOf(request)),
	});

	hub.api.route({
		method: 'post',
		path: '/imports/staff/{hash}/apply',
		operationId: 'applyStaffImport',
		summary: 'Applies the next lines of what was previewed; new people’s one-time passwords are shown once',
		tag,
		guard,
		params: z.strictObject({ hash: previewHash }),
		body: applyImportBody,
		response: importStep,
		errors: ['notAllowed', 'unknownImport', 'queueFull'],
		handler: ({ actor, params: { hash }, body }) => applyImport(hub, actor, hash, body),
	});
}

async function bytesOf(request: Readable): Promise<Buffer> {
	const parts: Buffer[] = [];
	let size = 0;
	// Whoever sends too much is still to be told so.
	for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
		size += part.length;
		if (size > IMPORT_LIMITS.bytes)
			throw new AppError('importTooLarge', { params: { mostKb: IMPORT_LIMITS.bytes / 1024 } });
		parts.push(part);
	}
	return Buffer.concat(parts);
}
