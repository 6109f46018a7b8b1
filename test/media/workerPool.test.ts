import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createLogger } from '@counter-hub/shared/server/logger.ts';
import { LIMITS } from '@counter-hub/media-server/limits.ts';
import { WorkerPool } from '@counter-hub/media-server/workers/WorkerPool.ts';
import { freePorts } from '../platform/newMediaNode.ts';

/** Processes that this one has started, by age. */
const children = (): number[] =>
	readdirSync('/proc/self/task')
		.flatMap((task) => readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(' '))
		.flatMap((pid) => (pid === '' ? [] : [Number(pid)]))
		.sort((a, b) => a - b);

async function isBound(port: number): Promise<boolean> {
	const probe = createSocket('udp4');
	const outcome = Promise.withResolvers<boolean>();
	probe.once('error', () => {
		outcome.resolve(true);
	});
	probe.bind(port, '127.0.0.1', () => {
		outcome.resolve(false);
	});
	return outcome.promise.finally(() => probe.close());
}

/** A pool of two whose first worker is killed, once it stands, while the second one waits for its port. */
async function poolOfADeadWorker(standsAfterMs = 500): Promise<{ pool: WorkerPool; dead: number }> {
	const firstPort = await freePorts(3);
	// As a worker of an earlier run that has not ended yet.
	const earlier = createSocket('udp4').bind(firstPort + 1, '127.0.0.1');
	await once(earlier, 'listening');
	const before = children();
	const starting = WorkerPool.create({
		addresses: [{ ip: '127.0.0.1', announced: undefined }],
		firstPort,
		size: 2,
		workerBin: process.env['MEDIASOUP_WORKER_BIN'],
		portRetryMs: 60_000,
		workerRetryMs: LIMITS.workerRetryMs,
		spareDelayMs: LIMITS.spareDelayMs,
		logger: createLogger('silent'),
	});
	starting.catch(() => undefined);
	await expect.poll(() => isBound(firstPort)).toBe(true);
	await pause(standsAfterMs);
	const [dead = 0] = children().filter((pid) => !before.includes(pid));
	process.kill(dead, 'SIGKILL');
	await expect.poll(() => isBound(firstPort)).toBe(false);
	earlier.close();
	try {
		const pool = await starting;
		onTestFinished(() => pool.close());
		return { pool, dead };
	} catch {
		// It was killed before it stood: a start that fails.
		return poolOfADeadWorker(2 * standsAfterMs);
	}
}

test('M-10 a worker that dies while the others are being started carries no room', async () => {
	const { pool, dead } = await poolOfADeadWorker();
	expect(pool.describe().map(({ pid }) => pid)).not.toContain(dead);
	expect((await pool.take()).pid).not.toBe(dead);
	await expect.poll(() => pool.describe()).toHaveLength(3);
});
