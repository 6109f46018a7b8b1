import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLogger } from '@counter-hub/shared/server/logger.ts';
import { Shutdown } from '@counter-hub/hub-server/platform/shutdown.ts';
import { Sweeper } from '@counter-hub/hub-server/platform/sweeper.ts';

const logger = createLogger('silent');

test('stopping goes stage by stage, once, and a step that fails stops nothing', async () => {
	const shutdown = new Shutdown(logger);
	const done: string[] = [];
	shutdown.add('database', 'database', () => void done.push('database'));
	shutdown.add('work', 'slow', async () => {
		await pause(20);
		done.push('work');
	});
	shutdown.add('work', 'failing', () => {
		throw new Error('fails');
	});
	shutdown.add('announce', 'announce', () => void done.push('announce'));
	expect(shutdown.isStopping).toBe(false);
	await Promise.all([shutdown.run('a'), shutdown.run('b')]);
	expect(shutdown.isStopping).toBe(true);
	expect(done).toEqual(['announce', 'work', 'database']);
});

test('a sweeper job runs again after a failure, never beside itself, and not after the stop', async () => {
	const sweeper = new Sweeper(logger);
	let [runs, atWork, most] = [0, 0, 0];
	sweeper.every(5, 'job', async () => {
		most = Math.max(most, ++atWork);
		await pause(15);
		atWork--;
		runs++;
		throw new Error('fails');
	});
	expect(() => sweeper.every(5, 'job', () => Promise.resolve())).toThrow('job');
	sweeper.start();
	// In the middle of its work: a stop between two runs has only a timer to clear.
	while (runs < 3 || atWork === 0) await pause(1);
	await sweeper.stop();
	const then = runs;
	await pause(40);
	expect([most, atWork, runs]).toEqual([1, 0, then]);
});
