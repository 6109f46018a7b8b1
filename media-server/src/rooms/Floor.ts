import type { types } from 'mediasoup';
import { describeRouter } from '../workers/codecs.ts';
import type { MediaWorker } from '../workers/MediaWorker.ts';
import type { WorkerPool } from '../workers/WorkerPool.ts';

/** What a room has once per generation: gone when its worker dies. */
export interface Floor {
	readonly generation: number;
	readonly worker: MediaWorker;
	readonly router: types.Router;
	readonly capabilities: ReturnType<typeof describeRouter>;
	/** Gives the worker back; does nothing when it has died. */
	readonly release: () => void;
}

export async function buildFloor(pool: WorkerPool, generation: number, onDied: () => void): Promise<Floor> {
	const { worker, router } = await makeRouter(pool);
	const died = () => {
		worker.load--;
		onDied();
	};
	worker.load++;
	worker.once('died', died);
	const release = () => {
		if (worker.closed) return;
		worker.off('died', died);
		worker.load--;
		router.close();
	};
	return { generation, worker, router, capabilities: describeRouter(router), release };
}

/** Tries the next worker when the first one dies under our hands. */
async function makeRouter(pool: WorkerPool): Promise<{ worker: MediaWorker; router: types.Router }> {
	for (;;) {
		const worker = await pool.take();
		try {
			return { worker, router: await worker.createRouter() };
		} catch (error) {
			if (!worker.closed) throw error;
		}
	}
}
