import { z } from 'zod';
import { request } from '../realtime/ack.ts';
import { eventView } from '../timeline/eventView.ts';
import { callOrder, countCommand, markCommand } from './reviews.ts';

const written = z.object({ events: z.array(eventView) });

export const reviewRequests = {
	/** This material is to lie under the camera, or lies there (V7). */
	'review:call': request(callOrder, written),
	/** The whole mark of one material; the last one counts. */
	'review:mark': request(markCommand, written),
	'review:count': request(countCommand, written),
} as const;
