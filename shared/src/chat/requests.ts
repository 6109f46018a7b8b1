import { z } from 'zod';
import { commandId, sessionId } from '../ids/ids.ts';
import { request } from '../realtime/ack.ts';
import { eventView } from '../timeline/eventView.ts';
import { chatText } from './chat.ts';

export const chatRequests = {
	/** For the parties of a call that goes on. The same again when the same command comes twice. */
	'chat:say': request(
		z.strictObject({ commandId, sessionId, text: chatText }),
		z.object({ events: z.array(eventView) }),
	),
} as const;
