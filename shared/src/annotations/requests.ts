import { z } from 'zod';
import { caseId, commandId, sessionId } from '../ids/ids.ts';
import { request } from '../realtime/ack.ts';
import { drawing, markId, markSubject } from './marks.ts';

const markCommand = {
	commandId,
	caseId,
	/** The call in which it happens; null outside of one. */
	sessionId: sessionId.nullable(),
};

export const annotationRequests = {
	/** Draws a mark. Its id is the command's, so that a repeat finds the same mark. */
	'mark:draw': request(z.strictObject({ ...markCommand, on: markSubject, drawing }), z.object({ markId })),
	'mark:erase': request(z.strictObject({ ...markCommand, markId }), z.object({ markId })),
} as const;
