import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

declare module 'express-serve-static-core' {
	interface Request {
		/** Names the request in answers and in the log. */
		id: string;
	}
}

/** Gives each request an id of our own; one that a client sends is not trusted. */
export const requestId: RequestHandler = (request, response, next) => {
	request.id = randomUUID();
	response.set('X-Request-Id', request.id);
	next();
};
