import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import type { SessionView } from '@counter-hub/shared/sessions/sessions.ts';
import { isPassing } from '#platform/isPassing.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { HubSocket } from '#platform/HubSocket.svelte.ts';

const PAUSE_MS = 500;
/** The page before may count as open for a moment; a media node that restarts takes longer. */
const HELD_TRIES = 4;
const PASSING_TRIES = 60;

/** A session, and the way into its room. */
export interface Admitted {
	session: SessionView;
	admission: MediaAdmission;
}

/** A fresh admission for this page. @throws ApiProblem `CALL-5007` while another page holds the call */
export const admit = (hub: HubSocket, sessionId: string): Promise<Admitted> =>
	hub.request('session:admit', { sessionId, takeOver: false });

/** After a reload: what keeps the call from this page passes, as a rule. */
export async function admitPatiently(hub: HubSocket, sessionId: string): Promise<Admitted> {
	for (let tried = 1; ; tried++) {
		try {
			return await admit(hub, sessionId);
		} catch (error) {
			const { problem } = ApiProblem.from(error);
			const tries = problem.code === 'CALL-5007' ? HELD_TRIES : isPassing(problem) ? PASSING_TRIES : 1;
			if (tried >= tries) throw error;
			await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
		}
	}
}
