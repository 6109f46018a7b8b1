import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { z } from 'zod';
import { blobGrantAnswer, blobGrantBody, blobParams } from '@counter-hub/shared/blobs/blobs.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../HubContext.ts';
import { signBlobGrant, verifyBlobGrant, type BlobGrant } from '../../platform/blobs/blobGrant.ts';
import { rangeOf } from '../../platform/blobs/ranges.ts';
import { API_BASE } from '../../platform/http/Api.ts';
import type { Guard } from '../../platform/http/route.ts';
import { signedIn } from '../auth/guards.ts';
import type { Principal } from '../auth/Principal.ts';
import { principals } from '../auth/services.ts';
import { blobs } from './blobs.ts';

const tag = 'Bytes';
const readHeaders = z.object({
	Range: z.string().describe('One range: `bytes=0-1023`').optional(),
	'If-Range': z.string().describe('The `ETag` that the range is of').optional(),
	'If-None-Match': z.string().describe('The `ETag`s that are there already').optional(),
});

/** Grants to read blobs, and their bytes. */
export function blobRoutes(hub: HubContext): void {
	hub.api.route({
		method: 'post',
		path: '/blobs/{sha256}/grants',
		operationId: 'grantBlob',
		summary: 'An address for the bytes that a thing refers to, good for two minutes and this sign-in only',
		tag,
		guard: signedIn(hub),
		params: blobParams,
		body: blobGrantBody,
		response: blobGrantAnswer,
		status: 201,
		errors: ['notAllowed', 'unknownBlob'],
		handler: async ({ actor: principal, params: { sha256 }, body: { referrer } }) => {
			await blobs(hub).assertMayRead(principal, referrer, sha256);
			const info = await blobs(hub).store.info(sha256);
			if (!info) throw new AppError('unknownBlob');
			await blobs(hub).noteGrant(principal, referrer, sha256);
			const who = { staffId: principal.actor.staffId, signInId: principal.signInId };
			const secret = hub.config.accessTokenSecret;
			const { grant, expiresAt } = signBlobGrant(secret, { ...who, sha256, referrer }, hub.now());
			const url = `${API_BASE}/blobs/${sha256}?grant=${grant}`;
			return { url, expiresAt: expiresAt.toISOString(), kind: info.kind, size: info.size };
		},
	});

	hub.api.route({
		method: 'get',
		path: '/blobs/{sha256}',
		operationId: 'readBlob',
		summary: 'Bytes under a grant, whole or one range of them (Range, If-Range, ETag)',
		tag,
		guard: granted(hub),
		params: blobParams,
		query: z.strictObject({ grant: z.string().max(2048) }),
		headers: readHeaders,
		gives: '*/*',
		errors: ['notAllowed', 'unknownBlob', 'rangeUnsatisfiable'],
		handler: async ({ actor: { principal, grant }, params: { sha256 }, headers, response }) => {
			if (grant.sha256 !== sha256) throw new AppError('invalidBlobGrant');
			await blobs(hub).assertMayRead(principal, grant.referrer, sha256);
			await send(hub, sha256, headers, response);
		},
	});
}

/** The person of a grant, as he stands now: his sign-in may have ended since. */
function granted(hub: HubContext): Guard<{ principal: Principal; grant: BlobGrant }> {
	return {
		scheme: 'blobGrant',
		errors: ['invalidBlobGrant', 'notSignedIn', 'signInRevoked', 'accountDisabled', 'passwordChangeRequired'],
		async authenticate({ query }) {
			const text = typeof query['grant'] === 'string' ? query['grant'] : '';
			const grant = verifyBlobGrant(hub.config.accessTokenSecret, text, hub.now());
			const principal = await principals(hub).standing(grant);
			if (principal.actor.mustChangePassword) throw new AppError('passwordChangeRequired');
			return { principal, grant };
		},
	};
}

async function send(
	hub: HubContext,
	sha256: string,
	headers: z.output<typeof readHeaders>,
	response: Response,
): Promise<void> {
	const { store } = blobs(hub);
	const info = await store.info(sha256);
	if (!info) throw new AppError('unknownBlob');
	const etag = `"${sha256}"`;
	const { size, kind } = info;
	response.set({ ETag: etag, 'Accept-Ranges': 'bytes', 'Cache-Control': 'private, no-cache' });
	if (headers['If-None-Match']?.split(/\s*,\s*/).includes(etag)) {
		response.status(304).end();
		return;
	}
	response.set('Content-Range', `bytes */${size}`);
	const range = rangeOf(headers, size, etag);
	const { start, end } = range ?? { start: 0, end: size };
	if (range) response.status(206).set('Content-Range', `bytes ${start}-${end - 1}/${size}`);
	else response.removeHeader('Content-Range');
	// Somebody else's file: it is shown, and nothing in it runs.
	response.set({
		'Content-Type': kind,
		'Content-Length': String(end - start),
		'Content-Disposition': 'inline',
	});
	response.set('Content-Security-Policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'");
	if (response.req.method === 'HEAD') response.end();
	else await pipeline(store.stream(sha256, { start, end }), response);
}
