import { z } from 'zod';
import { nodePlace } from '../media/nodeProtocol.ts';
import { sessionRequest, sessionSide } from './Session.ts';
import { conclusion, declineReason } from './sessionTerms.ts';

/** When a media node saw it, by the hub's clock and by its own, and where in its account; missing where a hub concluded it. */
const seen = {
	occurredAt: z.iso.datetime().optional(),
	nodeAt: z.iso.datetime().optional(),
	nodePlace: nodePlace.optional(),
};

/** Facts of a video session; they stand on the timeline of its case, each about its session, and move it to its next version. */
export const sessionEvents = {
	'session.requested': sessionRequest,
	'session.ringing': z.object({ nodeId: z.string(), ringUntil: z.iso.datetime() }),
	'session.answered': z.object({ callee: sessionSide }),
	'session.declined': z.object({ reason: declineReason, note: z.string() }),
	'session.cancelled': z.object({}),
	'session.missed': z.object({}),
	'session.failed': z.object({ errorCode: z.string() }),
	'session.joined': z.object({ participantId: z.string(), gapMs: z.int().nullable(), ...seen }),
	'session.left': z.object({ participantId: z.string(), reason: z.string(), ...seen }),
	/** Put out of the room, because the right to be there has ended; from here on older admissions do not count. */
	'session.removed': z.object({ participantId: z.string(), reason: z.string() }),
	'session.mediaLost': z.object({ reason: z.string(), ...seen }),
	/** Its room stands on another media node from here on: the one of before was gone for good. */
	'session.moved': z.object({ from: z.string(), nodeId: z.string() }),
	'session.mediaRestored': z.object({ gapMs: z.int(), ...seen }),
	'session.concluded': z.object({ conclusion, note: z.string() }),
	'session.ended': z.object({}),
	'session.abandoned': z.object({}),
} as const;
