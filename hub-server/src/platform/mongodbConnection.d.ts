/** What the driver's class `Connection` has that matters here; the driver has no types of its inner modules. */
declare module 'mongodb/lib/cmap/connection.js' {
	import type { EventEmitter } from 'node:events';

	export class Connection extends EventEmitter {
		readonly error: Error | null;
		writeCommand: (this: Connection, command: unknown, options: unknown) => Promise<void>;
	}
}
