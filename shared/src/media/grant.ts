import { z } from 'zod';
import { sessionId, uuid } from '../ids/ids.ts';

/** What a stream shows. `document` is the document camera 高拍仪, sent beside the person's own camera. */
export const mediaSource = z.enum(['microphone', 'camera', 'document', 'screen']);
export type MediaSource = z.infer<typeof mediaSource>;

/**
 * Who may perceive a published stream: everybody in the room, or only the participants named.
 * Whispering is a stream with an audience of one.
 */
const audience = z.union([z.literal('room'), z.array(uuid).min(1).max(16)]);

/**
 * Claims of the media token that the hub signs (ES256, `aud: "media"`) and the media node verifies.
 * - `stage: lobby`: may connect transports and hold paused consumers; neither resume nor publish.
 * - `subscribe: false`: perceives nothing. `hidden`: nobody is told of this participant.
 * - `say`: may send small volatile messages to whoever may know of this participant (a pointer, a pen).
 * - `grantVersion` rises with every change; the node ignores an older grant than the one in force.
 * - `exp` governs entry only.
 */
export const mediaGrant = z.object({
	aud: z.literal('media'),
	roomId: sessionId,
	participantId: uuid,
	/** The label others see; never a name of an applicant. */
	label: z.string().max(80),
	/** 收件地 (receiving) or 办理地 (permit); opaque to the node, passed on to the other participants. */
	side: z.string().max(20),
	stage: z.enum(['lobby', 'member']),
	publish: z.array(z.object({ source: mediaSource, audience })).max(8),
	subscribe: z.boolean(),
	hidden: z.boolean(),
	say: z.boolean().exactOptional(),
	/** The node where the room stands; where it is absent, whichever node it is shown to. */
	home: z.object({ nodeId: z.string(), url: z.url() }).exactOptional(),
	grantVersion: z.int().min(1),
	iat: z.int(),
	exp: z.int(),
});
export type MediaGrant = z.infer<typeof mediaGrant>;

/** What a client needs to reach the room: where, and with what right. */
export const mediaAdmission = z
	.object({
		signalUrl: z.url(),
		nodeId: z.string(),
		/** The node where the room stands; another one where that is of another city. */
		home: z.string(),
		token: z.string().max(4096),
		stage: mediaGrant.shape.stage,
		roomId: sessionId,
		participantId: uuid,
	})
	.meta({ id: 'MediaAdmission' });
export type MediaAdmission = z.infer<typeof mediaAdmission>;
