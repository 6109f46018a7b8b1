import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Router } from 'express';
import sirv from 'sirv';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';

/** The built page: its shell for every address of the application, and what its policy must allow. */
export interface WebPage {
	/** The page without its own meta policy. */
	html: string | undefined;
	/** CSP sources, for example `'sha256-…'`, of its inline scripts. */
	scriptHashes: string[];
}

/** Reads the built page once. A missing build is no error: the API works, and the page's address says what to do. */
export async function readWebPage(webRoot: string): Promise<WebPage> {
	const built = await readFile(join(webRoot, '200.html'), 'utf8').catch(() => undefined);
	if (built === undefined) return { html: undefined, scriptHashes: [] };
	const html = built.replaceAll(/<meta\s+http-equiv="content-security-policy"[^>]*>/gi, '');
	const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi)];
	const scriptHashes = scripts.map(
		([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
	);
	return { html, scriptHashes: [...new Set(scriptHashes)] };
}

/** Files of the build (the ones with a hash in their name for a year), packed where the browser takes it; else the shell. */
export function webRouter(webRoot: string, page: WebPage, connectOrigins: () => readonly string[]): Router {
	const router = Router();
	const files = sirv(webRoot, {
		// Asks the disk each time: a build that is replaced while the hub runs must not leave it with names of lost files.
		dev: true,
		etag: true,
		brotli: true,
		gzip: true,
		extensions: [],
		setHeaders: (response, path) => {
			const immutable = path.includes('/immutable/');
			response.setHeader('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
		},
	});
	router.get('/{*path}', files, (request, response) => {
		if (/\.\w+$/.test(request.path)) throw new AppError('notFound');
		if (page.html === undefined) {
			response.status(503).type('text/plain').send('The web page is not built yet: run `npm start`.');
			return;
		}
		response.set('Cache-Control', 'no-cache').type('html').send(withRules(page.html, connectOrigins()));
	});
	return router;
}

/** Tells the page what its policy lets it connect to for as long as it is open; a page cannot read its headers. */
function withRules(html: string, origins: readonly string[]): string {
	const safe = origins.filter((origin) => /^[\w+.:/[\]-]+$/.test(origin)).join(' ');
	return html.replace('<head>', `<head><meta name="connect-origins" content="${safe}" />`);
}
