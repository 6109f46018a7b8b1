import { z } from 'zod';
import { fileId } from '@counter-hub/shared/files/fileContent.ts';
import {
	fileWritten,
	filesOfCase,
	shareFileBody,
	withdrawFileBody,
	type SharedFile,
} from '@counter-hub/shared/files/files.ts';
import { caseId } from '@counter-hub/shared/ids/ids.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { getReadableCase } from '../cases/getCase.ts';
import { presentEvents } from '../cases/presentEvents.ts';
import { staffNames } from '../people/StaffNames.ts';
import { timeline } from '../timeline/timeline.ts';
import { filesProjection } from './filesProjection.ts';
import { shareFile } from './shareFile.ts';
import { withdrawFile } from './withdrawFile.ts';

const tag = 'Files';
const path = '/cases/{caseId}/files';
const params = z.strictObject({ caseId });

/** The files of cases; their bytes come and go by the routes of bytes. */
export function fileRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path,
		operationId: 'listFiles',
		summary: 'The files of the case in the order in which they were shared, withdrawn ones marked',
		tag,
		guard,
		params,
		response: filesOfCase,
		errors: ['notAllowed', 'unknownCase'],
		handler: async ({ actor, params: { caseId: id } }) => {
			await getReadableCase(hub, actor, id);
			const { state, seq } = await timeline(hub).projections.read(filesProjection, id);
			return { state: await withNames(hub, state?.files ?? []), seq };
		},
	});

	hub.api.route({
		method: 'post',
		path,
		operationId: 'shareFile',
		summary: 'Gives a file that was uploaded before to whoever reads the case',
		tag,
		guard,
		params,
		body: shareFileBody,
		response: fileWritten,
		status: 201,
		errors: [
			'notAllowed',
			'unknownCase',
			'unknownBlob',
			'wrongFileKind',
			'fileTooLarge',
			'unknownFileMaterial',
			'tooManyFiles',
			'personalNumber',
			'commandReused',
			'queueFull',
		],
		handler: async ({ actor, params: { caseId: id }, body }) => ({
			events: await presentEvents(hub, await shareFile(hub, actor, id, body)),
		}),
	});

	hub.api.route({
		method: 'post',
		path: `${path}/{fileId}/withdraw`,
		operationId: 'withdrawFile',
		summary: 'Takes a file back: it stays on record and is not given to the counters any more',
		tag,
		guard,
		params: z.strictObject({ caseId, fileId }),
		body: withdrawFileBody,
		response: fileWritten,
		status: 201,
		errors: [
			'notAllowed',
			'unknownCase',
			'unknownFile',
			'fileWithdrawn',
			'personalNumber',
			'commandReused',
			'queueFull',
		],
		handler: async ({ actor, params: ids, body }) => ({
			events: await presentEvents(hub, await withdrawFile(hub, actor, ids, body)),
		}),
	});
}

async function withNames(hub: HubContext, files: readonly SharedFile[]): Promise<SharedFile[]> {
	const names = await staffNames(hub).of(files.map(({ sharedBy }) => sharedBy.staffId));
	return files.map((file) => ({
		...file,
		sharedBy: { ...file.sharedBy, name: names.get(file.sharedBy.staffId) ?? null },
	}));
}
