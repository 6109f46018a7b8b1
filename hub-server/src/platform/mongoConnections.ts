import { Connection } from 'mongodb/lib/cmap/connection.js';

/**
 * The driver (7.8.0, 7.9.0) puts a command into bytes and then writes them. Where the connection is closed in between, it
 * waits for the closed socket to drain, and so for ever: the operation never ends, and whoever waits for it neither.
 * Here a command whose connection is closed while it is being written fails with the connection's error, which the
 * driver then treats as any other loss of a connection.
 */
export function failWritesOfClosedConnections(): void {
	const { prototype } = Connection;
	if (prototype.writeCommand.name === writeUnlessClosed.name) return;
	const { writeCommand } = prototype;
	prototype.writeCommand = writeUnlessClosed;

	function writeUnlessClosed(this: Connection, command: unknown, options: unknown): Promise<void> {
		return new Promise((resolve, reject) => {
			const closed = () => {
				reject(this.error ?? new Error('the connection was closed'));
			};
			this.once('close', closed);
			writeCommand
				.call(this, command, options)
				.then(resolve, reject)
				.finally(() => this.off('close', closed));
		});
	}
}
