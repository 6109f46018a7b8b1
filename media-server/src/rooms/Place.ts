import type { MediaWorker } from '../workers/MediaWorker.ts';
import type { WorkerPool } from '../workers/WorkerPool.ts';

/** Where a room stands: gone when that worker dies. */
export interface Place {
	readonly worker: MediaWorker;
	/** Gives the place back; does nothing when the worker has died. */
	readonly release: () => void;
}

/** Takes a place on the worker with the fewest rooms. `onDied` tells that it is lost. */
export async function takePlace(pool: WorkerPool, onDied: () => void): Promise<Place> {
	for (;;) {
		const worker = await pool.take();
		// It may have died before we were told that it is ours.
		if (worker.closed) continue;
		worker.once('died', onDied);
		const release = () => {
			worker.off('died', onDied);
			pool.giveBack(worker);
		};
		return { worker, release };
	}
}
