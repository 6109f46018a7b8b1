import type { RequestHandler } from 'express';
import helmet from 'helmet';

export interface SecurityHeaderOptions {
	/** CSP sources of the page's inline scripts. */
	scriptHashes: readonly string[];
	/** Further origins that the page may connect to (media nodes, http(s) and ws(s)); asked for at each page. */
	connectOrigins: () => readonly string[];
	https: boolean;
}

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
		// What a client writes into `Host` must not become a part of the policy.
		const host = /^[\w.:[\]-]+$/.exec(request.headers.host ?? '')?.[0];
		const own = host === undefined ? [] : [`${https ? 'wss' : 'ws'}://${host}`];
		const connect = ["'self'", ...new Set([...own, ...connectOrigins()])].join(' ');
		response.set(
			'Content-Security-Policy',
			[
				"default-src 'self'",
				`script-src ${scripts}`,
				"style-src 'self' 'unsafe-inline'",
				"img-src 'self' data: blob:",
				"media-src 'self' blob:",
				"font-src 'self' data:",
				"worker-src 'self' blob:",
				`connect-src ${connect}`,
				"object-src 'none'",
				"base-uri 'none'",
				"form-action 'self'",
				"frame-ancestors 'none'",
			].join('; '),
		);
		response.set(
			'Permissions-Policy',
			'camera=(self), microphone=(self), display-capture=(self), geolocation=()',
		);
		others(request, response, next);
	};
}
