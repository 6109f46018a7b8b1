import { Connection } from 'mongodb/lib/cmap/connection.js';
import { ConnectionPool } from 'mongodb/lib/cmap/connection_pool.js';

/** So often a pool looks whether connections are no longer of use. */
const POOL_LOOK_MS = 5_000;

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

/**
 * The driver wakes ten times a second for each server of the database, to see whether its pool holds enough connections,
 * and has no public option for it. The hub wants none in advance, and one that is no longer of use is also found when it
 * is taken.
 */
export function lookAtPoolsSeldom(): void {
	const { prototype } = ConnectionPool;
	if (prototype.ensureMinPoolSize.name === lookSeldom.name) return;
	const { ensureMinPoolSize } = prototype;
	prototype.ensureMinPoolSize = lookSeldom;

	function lookSeldom(this: ConnectionPool): void {
		ensureMinPoolSize.call(this);
		if (this.minPoolSizeTimer === undefined) return;
		clearTimeout(this.minPoolSizeTimer);
		this.minPoolSizeTimer = setTimeout(() => this.ensureMinPoolSize(), POOL_LOOK_MS);
	}
}
