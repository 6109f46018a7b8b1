import { mediaVolatile } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { Limits } from '../limits.ts';
import type { Line } from '../lines/Line.ts';
import type { Rooms } from '../rooms/Rooms.ts';
import type { RequestSource } from './answer.ts';
import { RateLimit } from './RateLimit.ts';

/**
 * Takes the volatile messages out of what the socket says and passes them on, within a budget of their own; returns
 * the rest, which is requests. What is malformed, not allowed or too much is dropped: nobody waits for an answer.
 */
export function takeVolatile(socket: RequestSource, line: Line, rooms: Rooms, limits: Limits): RequestSource {
	const budget = new RateLimit(limits.sayBurst, limits.saysPerSecond);

	function say(payload: unknown): void {
		if (!budget.take()) return;
		const message = mediaVolatile.say.safeParse(payload);
		if (!message.success) return;
		const { roomId, topic, data } = message.data;
		const speaker = [...line.peers].find(({ grant }) => grant.roomId === roomId);
		if (speaker) rooms.find(roomId)?.say(speaker, topic, data);
	}

	return {
		onAny: (listener) =>
			socket.onAny((event, ...args) => {
				if (event === 'say') say(args[0]);
				else listener(event, ...args);
			}),
	};
}
