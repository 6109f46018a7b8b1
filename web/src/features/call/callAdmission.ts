import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import type { SessionView } from '@counter-hub/shared/sessions/sessions.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { HubSocket } from '#platform/HubSocket.svelte.ts';

const TRIES = 4;
const PAUSE_MS = 500;

/** A session, and the way into its room. */
export interface Admitted {
	session: SessionView;
	admission: MediaAdmission;
}

/** A fresh admission for this page. @throws ApiProblem `CALL-5007` while another page holds the call */
export const admit = (hub: HubSocket, sessionId: string): Promise<Admitted> =>
	hub.request('session:admit', { sessionId, takeOver: false });

/** After a reload the page before may still count as open for a moment. */
export async function admitPatiently(hub: HubSocket, sessionId: string): Promise<Admitted> {
	for (let tried = 1; ; tried++) {
		try {
			return await admit(hub, sessionId);
		} catch (error) {
			if (tried === TRIES || !ApiProblem.from(error).is('CALL-5007')) throw error;
			await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
		}
	}
}
