import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { z } from 'zod';
import { caseId } from '@counter-hub/shared/ids/ids.ts';
import { noticeId, publicNotice, publicNoticeId } from '@counter-hub/shared/reviews/reviews.ts';
import type { HubContext } from '../../HubContext.ts';
import { open } from '../../platform/http/route.ts';
import { signedIn } from '../auth/guards.ts';
import { blobs } from '../blobs/blobs.ts';
import { getReadableCase } from '../cases/getCase.ts';
import { noticeCode, noticePdf } from './noticePdf.ts';
import { getNotice, previewNotice, readPublicNotice } from './notices.ts';

const tag = 'Reviews';
const PDF = 'application/pdf';

/** The one-time notice: printed, looked at beforehand, and on the applicant's phone. */
export function noticeRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path: '/cases/{caseId}/notices/{noticeId}/pdf',
		operationId: 'printNotice',
		summary: 'A one-time notice as PDF, as it was filed',
		tag,
		guard,
		params: z.strictObject({ caseId, noticeId }),
		gives: PDF,
		errors: ['notAllowed', 'unknownCase', 'unknownNotice', 'queueFull'],
		handler: async ({ actor, params, response }) => {
			await getReadableCase(hub, actor, params.caseId);
			const { notice, pdfSha256, endedAt } = await getNotice(hub, params.caseId, params.noticeId);
			if (pdfSha256 === null) {
				// Not filed yet: the same document, made on the spot.
				sendPdf(response, await noticePdf(hub, params.caseId, notice, new Date(endedAt)));
				return;
			}
			const { store } = blobs(hub);
			const { size = 0 } = (await store.info(pdfSha256)) ?? {};
			response.set({ 'Content-Type': PDF, 'Content-Length': String(size) });
			await pipeline(store.stream(pdfSha256, { start: 0, end: size }), response);
		},
	});

	hub.api.route({
		method: 'get',
		path: '/cases/{caseId}/notices/{noticeId}/code',
		operationId: 'showNoticeCode',
		summary: 'The code that opens the notice on a phone, as SVG',
		tag,
		guard,
		params: z.strictObject({ caseId, noticeId }),
		gives: 'image/svg+xml',
		errors: ['notAllowed', 'unknownCase', 'unknownNotice'],
		handler: async ({ actor, params, response }) => {
			await getReadableCase(hub, actor, params.caseId);
			const { notice } = await getNotice(hub, params.caseId, params.noticeId);
			response.type('image/svg+xml').send(await noticeCode(hub, notice));
		},
	});

	hub.api.route({
		method: 'get',
		path: '/cases/{caseId}/notice-preview/pdf',
		operationId: 'previewNotice',
		summary: 'The notice that the marks of this moment would make',
		tag,
		guard,
		params: z.strictObject({ caseId }),
		gives: PDF,
		errors: ['notAllowed', 'unknownCase', 'nothingToCorrect', 'queueFull'],
		handler: async ({ actor, params, response }) => {
			await getReadableCase(hub, actor, params.caseId);
			sendPdf(response, await previewNotice(hub, params.caseId));
		},
	});

	hub.api.route({
		method: 'get',
		path: '/public/notices/{publicId}',
		operationId: 'readPublicNotice',
		summary: 'A notice for whoever has its code: nothing of the applicant or the enterprise',
		tag,
		guard: open,
		params: z.strictObject({ publicId: publicNoticeId }),
		response: publicNotice,
		errors: ['unknownNotice'],
		handler: ({ params: { publicId } }) => readPublicNotice(hub, publicId),
	});
}

function sendPdf(response: Response, bytes: Buffer): void {
	response.set({ 'Content-Type': PDF, 'Content-Length': String(bytes.length) }).end(bytes);
}
