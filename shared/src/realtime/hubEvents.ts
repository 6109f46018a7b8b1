import { z } from 'zod';
import { caseId, commandId, pageId, sessionId, windowId } from '../ids/ids.ts';
import { mediaAdmission } from '../media/grant.ts';
import { presenceList } from '../presence/presence.ts';
import { conclusion, declineReason, sessionNote, sessionPurpose, sessionView } from '../sessions/sessions.ts';
import { timelineEvent } from '../timeline/events.ts';
import { request, type NoticeEvents, type RequestEvents } from './ack.ts';

/** Between pages and the hub. */
export const HUB_NAMESPACE = '/hub';

/** Handshake of namespace `/hub`. `windowId` is the window that this PC was set to. */
export const hubHandshake = z.object({ token: z.string().max(4096), pageId, windowId: windowId.nullable() });

const sessionCommand = { commandId, sessionId };
const withAdmission = z.object({ session: sessionView, admission: mediaAdmission });

/** What the page asks of the hub (client to server, acknowledged). The one list. */
export const hubRequests = {
	/** A fresh access token for a socket that stays open; the old one's expiry no longer ends it. */
	'auth:renew': request(z.strictObject({ token: z.string().max(4096) }), z.object({})),
	/** Keeps the lease of presence, and says which window this PC is. */
	'presence:renew': request(z.strictObject({ windowId: windowId.nullable() }), z.object({})),
	/**
	 * Starts or renews the live view of a case. `head` is the last sequence number the page holds;
	 * the answer holds what came since (at most one page; `more` says to ask again).
	 */
	'case:watch': request(
		z.strictObject({ caseId, head: z.int().min(0) }),
		z.object({ events: z.array(timelineEvent), head: z.int(), more: z.boolean() }),
	),
	'case:unwatch': request(z.strictObject({ caseId }), z.object({})),

	/** Calls the other counter of the case; the admission lets the caller get ready while it rings. */
	'session:request': request(
		z.strictObject({
			commandId,
			caseId,
			purpose: sessionPurpose,
			note: sessionNote,
			callsBack: sessionId.nullable(),
		}),
		withAdmission,
	),
	/** Answers; the admission is a member's. `alreadyAnswered` if somebody else was first. */
	'session:answer': request(z.strictObject(sessionCommand), withAdmission),
	'session:decline': request(
		z.strictObject({ ...sessionCommand, reason: declineReason, note: sessionNote }),
		z.object({ session: sessionView }),
	),
	'session:cancel': request(z.strictObject(sessionCommand), z.object({ session: sessionView })),
	'session:hangUp': request(z.strictObject(sessionCommand), z.object({ session: sessionView })),
	'session:conclude': request(
		z.strictObject({ ...sessionCommand, conclusion, note: sessionNote }),
		z.object({ session: sessionView }),
	),
	/**
	 * A fresh admission: after a reload, a reconnect, or to take the call over from another page.
	 * While it rings, a rung person gets a lobby admission. Without `takeOver` the hub refuses with `inAnotherPage`
	 * when another live page of the same person holds the call.
	 */
	'session:admit': request(z.strictObject({ sessionId, takeOver: z.boolean() }), withAdmission),
	/** The sessions that concern this person now: ringing here, or active with this person in it. */
	'session:mine': request(
		z.strictObject({}),
		z.object({ ringing: z.array(sessionView), active: sessionView.nullable(), activeElsewhere: z.boolean() }),
	),
} as const;
export type HubRequests = typeof hubRequests;
export type HubRequestName = keyof HubRequests;

/** What the hub tells (server to client, no acknowledgement). */
export const hubNotices = {
	/** Appended events of one watched case, in order. */
	'timeline:events': z.object({ caseId, events: z.array(timelineEvent) }),
	/** Heads of the watched cases, every ten seconds. */
	'timeline:heads': z.object({ heads: z.record(z.string(), z.int()) }),
	/** A call rings at this counter. The admission is for the lobby. */
	'session:ringing': z.object({ session: sessionView, admission: mediaAdmission }),
	/** A session of this counter or of a watched case changed (answered, ended, …). */
	'session:changed': z.object({ session: sessionView }),
	/** Another page of the same person took the call over. */
	'session:takenOver': z.object({ sessionId, pageId }),
	'presence:changed': presenceList,
	/** A case of this person's counter appeared or changed its state; lists may offer to reload. */
	'case:changed': z.object({ caseId, state: z.string() }),
	/** The sign-in was revoked; the socket is cut after this. */
	'auth:revoked': z.object({ code: z.string() }),
	/** The hub is about to stop; the page says “reconnecting” and not “failed”. */
	'hub:closing': z.object({}),
} as const;
export type HubNotices = typeof hubNotices;

export type ClientToHub = RequestEvents<HubRequests>;
export type HubToClient = NoticeEvents<HubNotices>;
