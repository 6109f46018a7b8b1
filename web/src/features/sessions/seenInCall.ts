import { z } from 'zod';

const memory = z.object({ sessionId: z.string(), seq: z.int() });
const keyOf = (what: string) => `counter-hub.seen.${what}`;

/** Up to which event of the case something was looked at in a call; lives as long as the tab, also through a reload. */
export const seenInCall = {
	upTo(what: string, sessionId: string): number {
		try {
			const known = memory.parse(JSON.parse(sessionStorage.getItem(keyOf(what)) ?? 'null'));
			return known.sessionId === sessionId ? known.seq : 0;
		} catch {
			return 0;
		}
	},
	note: (what: string, sessionId: string, seq: number): void =>
		sessionStorage.setItem(keyOf(what), JSON.stringify({ sessionId, seq })),
};
