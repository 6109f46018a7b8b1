import { z } from 'zod';
import { duty } from '../cases/cases.ts';
import { cityCode } from '../cities/cities.ts';
import { counterId, sessionId, staffId, windowId } from '../ids/ids.ts';
import { nodePlace } from '../media/nodeProtocol.ts';
import { conclusion, declineReason, sessionOutcome, sessionPurpose, sessionState } from './sessionTerms.ts';

const moment = z.iso.datetime();

/** One side of a session, as the timeline names it. */
export const sessionSide = z.object({
	participantId: z.string(),
	staffId,
	counterId,
	cityCode,
	duty,
	windowId: windowId.nullable(),
});

/** What the caller asks for; it never changes. */
export const sessionRequest = z.object({
	purpose: sessionPurpose,
	note: z.string(),
	caller: sessionSide,
	toCounterId: counterId,
	toCity: cityCode,
	toDuty: duty,
	/** A missed call that this one answers. */
	callsBack: sessionId.nullable(),
});

/** What pages are shown as it stands. */
export const shownSession = z.object({
	id: sessionId,
	version: z.int(),
	state: sessionState,
	...sessionRequest.pick({ purpose: true, note: true }).shape,
	requestedAt: moment,
	/** The media node where its room stands, its home. */
	nodeId: z.string().nullable(),
	ringUntil: moment.nullable(),
	answeredAt: moment.nullable(),
	endedAt: moment.nullable(),
	outcome: sessionOutcome.nullable(),
	conclusion: conclusion.nullable(),
	conclusionNote: z.string().nullable(),
	declineReason: declineReason.nullable(),
	declineNote: z.string().nullable(),
});

/**
 * Everything that decides what a session may do next, plain JSON: the one place where its fields are written down. The
 * machine, its document in the database and its view are made of it.
 */
export const session = z.object({
	...shownSession.shape,
	...sessionRequest.shape,
	/** The version at which somebody's rights in the room changed last. */
	rightsVersion: z.int(),
	callee: sessionSide.nullable(),
	/** Participants in the room, with the moment since when. */
	present: z.record(z.string(), moment),
	/** When a participant was last seen leaving. */
	leftAt: z.record(z.string(), moment),
	/** Participants who were put out, with the version at which that was, until they are back with a newer right. */
	removed: z.record(z.string(), z.int()),
	/** Both sides gone, or their media: the session is abandoned at this time unless somebody, or the media, returns. */
	abandonAt: moment.nullable(),
	mediaLostAt: moment.nullable(),
	/** From this time on its room is given another home, unless the media, or the node, have returned. */
	moveAt: moment.nullable(),
	/** How far the timeline has followed the media node's account; what is told from further back is outdated. */
	nodePlace: nodePlace.nullable(),
});
export type Session = z.infer<typeof session>;
