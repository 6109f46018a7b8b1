import { z } from 'zod';

const KEY = 'counter-hub.call';
const memory = z.object({
	sessionId: z.string(),
	/** What was muted or covered: a reload must not open a microphone that was closed. */
	muted: z.array(z.enum(['microphone', 'camera', 'document'])),
});
export type CallMemory = z.infer<typeof memory>;

/** The session that this tab holds, so that a reload returns to it by itself. Lives as long as the tab. */
export const callMemory = {
	get(): CallMemory | null {
		try {
			return memory.parse(JSON.parse(sessionStorage.getItem(KEY) ?? 'null'));
		} catch {
			return null;
		}
	},
	set: (value: CallMemory): void => sessionStorage.setItem(KEY, JSON.stringify(value)),
	clear: (): void => sessionStorage.removeItem(KEY),
};
