import { mediaVolatile } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { RequestSource } from '@counter-hub/shared/server/answerRequests.ts';
import type { RateLimiter } from '@counter-hub/shared/server/RateLimiter.ts';
import type { Line } from '../lines/Line.ts';

interface VolatileParts {
	readonly line: Line;
	/** Key of the page's budget. */
	readonly socketId: string;
	readonly budget: RateLimiter;
}

/**
 * Takes the volatile messages out of what the socket says and passes them on, within a budget of their own; returns
 * the rest, which is requests. What is malformed, not allowed or too much is dropped: nobody waits for an answer.
 */
export function takeVolatile(
	socket: RequestSource,
	{ line, socketId, budget }: VolatileParts,
): RequestSource {
	function say(payload: unknown): void {
		const message = mediaVolatile.say.safeParse(payload);
		if (!message.success) return;
		const { roomId, topic, data } = message.data;
		line.seatFor(roomId)?.say(topic, data);
	}

	return {
		onAny: (listener) =>
			socket.onAny((event, ...args) => {
				if (event !== 'say') listener(event, ...args);
				else
					budget.consume(socketId).then(
						() => {
							say(args[0]);
						},
						() => undefined,
					);
			}),
	};
}
