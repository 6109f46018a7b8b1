import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '@counter-hub/hub-server/seed/demo/random.ts';

export { Random } from '@counter-hub/hub-server/seed/demo/random.ts';

export async function randomPause(random: Random, fromMs: number, toMs: number): Promise<void> {
	await sleep(random.between(fromMs, toMs));
}

/** The seed of this run: `SEED=…` repeats an earlier one. It is printed, so that a failure can be repeated. */
export const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
process.stdout.write(`SEED=${String(SEED)}\n`);
