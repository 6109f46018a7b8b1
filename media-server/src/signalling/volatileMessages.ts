import { mediaVolatile } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { RequestSource } from '@counter-hub/shared/server/answerRequests.ts';
import type { RateLimiter } from '@counter-hub/shared/server/RateLimiter.ts';
import type { Line } from '../lines/Line.ts';
import type { Rooms } from '../rooms/Rooms.ts';

interface VolatileParts {
	readonly line: Line;
	readonly rooms: Rooms;
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
	{ line, rooms, socketId, budget }: VolatileParts,
): RequestSource {
	function say(payload: unknown): void {
		const message = mediaVolatile.say.safeParse(payload);
		if (!message.success) return;
		const { roomId, topic, data } = message.data;
		const speaker = [...line.peers].find(({ grant }) => grant.roomId === roomId);
		if (speaker) rooms.find(roomId)?.say(speaker, topic, data);
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
