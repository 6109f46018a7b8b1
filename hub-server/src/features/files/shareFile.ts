import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { FILE_KINDS, FILE_LIMITS } from '@counter-hub/shared/files/fileLimits.ts';
import type { ShareFileBody } from '@counter-hub/shared/files/files.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import type { BlobInfo } from '../../platform/blobs/BlobStore.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { blobs } from '../blobs/blobs.ts';
import { sessionUnderway } from '../cases/caseProjection.ts';
import { caseActorOf, getCase, type CurrentCase } from '../cases/getCase.ts';
import { catalogue } from '../catalogue/Catalogue.ts';
import { findSession } from '../sessions/runSessionCommand.ts';
import { takesPart } from '../sessions/takesPart.ts';
import { timeline } from '../timeline/timeline.ts';
import type { TimelineEvent } from '../timeline/types.ts';
import { filesProjection } from './filesProjection.ts';

/**
 * Gives a file that this person has uploaded to whoever reads the case (V9); returns its event. In a call it is about
 * the call. The same command again writes nothing and returns the same.
 * @throws AppError `unknownCase`, `notAllowed`, `unknownBlob` for bytes that the person did not upload lately,
 * `wrongFileKind`, `fileTooLarge`, `unknownFileMaterial`, `tooManyFiles`, `commandReused`
 */
export async function shareFile(
	hub: HubContext,
	principal: Principal,
	caseId: string,
	{ commandId, name, sha256, materialNo }: ShareFileBody,
): Promise<readonly TimelineEvent[]> {
	const { actor } = principal;
	const found = await getCase(hub, caseId);
	assertMay(may.shareFile(actor, found));
	await expectMaterial(hub, found, materialNo);
	const { size, kind, scan } = await broughtBlob(hub, actor.staffId, sha256);
	const sessionId = await callOf(hub, principal, found);
	const data = { fileId: commandId, name, sha256, size, kind, materialNo, scan };
	const { events } = await timeline(hub).append({
		subject: found.subject,
		commandId,
		content: { share: { name, sha256, materialNo }, by: actor.staffId },
		reads: [filesProjection],
		decide: (view) => {
			const { files = [] } = view.state(filesProjection) ?? {};
			if (files.length >= FILE_LIMITS.perCase)
				throw new AppError('tooManyFiles', { params: { most: FILE_LIMITS.perCase } });
			const about = sessionId === undefined ? {} : { sessionId };
			return [{ type: 'file.shared', data, actor: caseActorOf(principal, found), about }];
		},
	});
	return events;
}

/** Whoever only knows the name of somebody's bytes must not come by them. */
async function broughtBlob(hub: HubContext, staffId: string, sha256: string): Promise<BlobInfo> {
	const { store } = blobs(hub);
	const [info, isOwn] = await Promise.all([store.info(sha256), store.isBroughtBy(staffId, sha256)]);
	if (!info || !isOwn) throw new AppError('unknownBlob');
	if (!FILE_KINDS.some((kind) => kind === info.kind)) throw new AppError('wrongFileKind');
	if (info.size > FILE_LIMITS.bytes)
		throw new AppError('fileTooLarge', { params: { mostMb: FILE_LIMITS.bytes / 1024 / 1024 } });
	return info;
}

async function expectMaterial(
	hub: HubContext,
	{ itemNo }: CurrentCase,
	materialNo: number | null,
): Promise<void> {
	if (materialNo === null) return;
	const { materials } = await catalogue(hub).require(itemNo);
	if (!materials.some(({ no }) => no === materialNo)) throw new AppError('unknownFileMaterial');
}

/** The call of the case that this person is in just now. */
async function callOf(
	hub: HubContext,
	{ actor }: Principal,
	found: CurrentCase,
): Promise<string | undefined> {
	const id = sessionUnderway(found);
	if (id === null) return undefined;
	return takesPart(await findSession(hub, id), actor) ? id : undefined;
}
