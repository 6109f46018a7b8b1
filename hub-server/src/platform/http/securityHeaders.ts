import type { RequestHandler } from 'express';
import helmet from 'helmet';

export interface SecurityHeaderOptions {
	/** CSP sources of the page's inline scripts. */
	scriptHashes: readonly string[];
	/** Further origins that the page may connect to (media nodes, http(s) and ws(s)); asked for at each page. */
	connectOrigins: () => readonly string[];
	https: boolean;
}

/** Where the build puts the scripts of workers. */
const WORKERS = '/_app/immutable/workers/';
/**
 * A worker goes by the policy of its own script. Only there may WebAssembly be compiled: the page itself has no use for
 * it. What a worker fetches is of this origin, or a picture that the page has.
 */
const WORKER_POLICY = [
	"default-src 'none'",
	"script-src 'self' 'wasm-unsafe-eval'",
	"connect-src 'self' blob:",
	"frame-ancestors 'none'",
].join('; ');

/** Helmet's headers and one Content-Security-Policy; a page's own meta policy could not be loosened by a header. */
export function securityHeaders({
	scriptHashes,
	connectOrigins,
	https,
}: SecurityHeaderOptions): RequestHandler {
	const others = helmet({
		contentSecurityPolicy: false,
		strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
		crossOriginOpenerPolicy: https ? { policy: 'same-origin' } : false,
		originAgentCluster: https,
		referrerPolicy: { policy: 'no-referrer' },
	});
	const scripts = ["'self'", ...scriptHashes].join(' ');
	return (request, response, next) => {
		response.set(
			'Content-Security-Policy',
			request.path.startsWith(WORKERS) ? WORKER_POLICY : pagePolicy(request.headers.host),
		);
		response.set(
			'Permissions-Policy',
			'camera=(self), microphone=(self), display-capture=(self), geolocation=()',
		);
		others(request, response, next);
	};

	function pagePolicy(address = ''): string {
		// What a client writes into `Host` must not become a part of the policy.
		const host = /^[\w.:[\]-]+$/.exec(address)?.[0];
		const own = host === undefined ? [] : [`${https ? 'wss' : 'ws'}://${host}`];
		const connect = ["'self'", ...new Set([...own, ...connectOrigins()])].join(' ');
		return [
			"default-src 'self'",
			`script-src ${scripts}`,
			"style-src 'self' 'unsafe-inline'",
			"img-src 'self' data: blob:",
			"media-src 'self' blob:",
			"font-src 'self' data:",
			"worker-src 'self'",
			`connect-src ${connect}`,
			"object-src 'none'",
			"base-uri 'none'",
			"form-action 'self'",
			"frame-ancestors 'none'",
		].join('; ');
	}
}
