import type { mediaRequests } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { RequestHandlers } from '@counter-hub/shared/server/answerRequests.ts';
import type { Entrance } from '../lines/Entrance.ts';
import type { Line } from '../lines/Line.ts';

/** What a page may ask for; each request is one line of docs/protocol.md. */
export function mediaHandlers(line: Line, entrance: Entrance): RequestHandlers<typeof mediaRequests> {
	const at = ({ roomId }: { roomId: string }) => line.seatIn(roomId).answers;
	return {
		enter: async ({ token }) => {
			const { seat, resumed } = await line.entering(() => entrance.enter(token, line));
			return await seat.describe(resumed);
		},
		ready: async ({ rtpCapabilities }) => {
			line.setCapabilities(rtpCapabilities);
			const found = [...line.seats].map(async (seat) => ({
				roomId: seat.roomId,
				...(await seat.supply()),
			}));
			// A room that is being rebuilt tells by itself when it stands again.
			const supplied = await Promise.allSettled(found);
			return { rooms: supplied.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])) };
		},
		'line:check': () => ({}),
		'transport:connect': async ({ workerId, direction, dtlsParameters }) => {
			const transports = await line.transportsBy(workerId);
			await transports.connect(direction, dtlsParameters);
			return {};
		},
		'transport:restart-ice': async ({ workerId, direction }) => {
			const transports = await line.transportsBy(workerId);
			return { iceParameters: await transports.restartIce(direction) };
		},
		produce: (asked) => at(asked).produce(asked, line),
		'stream:pause': (asked) => at(asked)['stream:pause'](asked, line),
		'stream:resume': (asked) => at(asked)['stream:resume'](asked, line),
		'stream:stalled': (asked) => at(asked)['stream:stalled'](asked, line),
		'stream:close': (asked) => at(asked)['stream:close'](asked, line),
		'consumer:ready': (asked) => at(asked)['consumer:ready'](asked, line),
		'frame:begin': (asked) => at(asked)['frame:begin'](asked, line),
		'frame:part': (asked) => at(asked)['frame:part'](asked, line),
		'frame:drop': (asked) => at(asked)['frame:drop'](asked, line),
		'frame:ask': (asked) => at(asked)['frame:ask'](asked, line),
		grant: ({ token }) => entrance.regrant(line, token),
		leave: (asked) => at(asked).leave(asked, line),
	};
}
