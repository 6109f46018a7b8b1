import type { Socket } from 'socket.io-client';

/** One round trip, and the default. */
export const WEBSOCKET_ONLY = ['websocket'];
const POLLING_FIRST = ['polling', 'websocket'];

/**
 * A socket could not be opened: either what is at its other end is away, or something on the way lets no WebSocket
 * through. Polling reaches whatever is there.
 */
export function pollNext({ io }: Socket): void {
	io.opts.transports = POLLING_FIRST;
}

/**
 * Whether a WebSocket gets through decides how the next connection begins.
 * @param told with each connection that shows whether WebSockets are blocked
 */
export function watchTransport({ io }: Socket, told: (isBlocked: boolean) => void = () => undefined): void {
	io.on('open', () => {
		const { engine } = io;
		const through = () => {
			io.opts.transports = WEBSOCKET_ONLY;
			told(false);
		};
		if (engine.transport.name === 'websocket') through();
		engine.once('upgrade', through);
		engine.once('upgradeError', () => {
			if (engine.readyState === 'open') told(true);
		});
	});
}
