/* What the driver's classes have that matters here; the driver has no types of its inner modules. */
declare module 'mongodb/lib/cmap/connection.js' {
	import type { EventEmitter } from 'node:events';

	export class Connection extends EventEmitter {
		readonly error: Error | null;
		writeCommand: (this: Connection, command: unknown, options: unknown) => Promise<void>;
	}
}

declare module 'mongodb/lib/cmap/connection_pool.js' {
	export class ConnectionPool {
		minPoolSizeTimer: NodeJS.Timeout | undefined;
		ensureMinPoolSize: (this: ConnectionPool) => void;
	}
}
