import { z } from 'zod';
import { pageId, sessionId } from '../ids/ids.ts';
import { mediaAdmission } from '../media/grant.ts';
import { sessionView } from './sessions.ts';

export const sessionNotices = {
	/** A call rings at this counter. The admission is for the lobby. */
	'session:ringing': z.object({ session: sessionView, admission: mediaAdmission }),
	/** A session of this counter or of a watched case changed (answered, ended, …). */
	'session:changed': z.object({ session: sessionView }),
	/** Another page of the same person took the call over. */
	'session:takenOver': z.object({ sessionId, pageId }),
} as const;
