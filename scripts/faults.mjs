/* npm run faults -- [--schedules N] [--seed N] [--only K] */
import { parseArgs } from 'node:util';
import { dispatch } from './lib/dispatch.mjs';

const whole = /^\d{1,9}$/;
const usage = 'npm run faults -- [--schedules <how many>] [--seed <number>] [--only <which>]';
let values;
try {
	({ values } = parseArgs({
		options: {
			schedules: { type: 'string', default: '200' },
			seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
			only: { type: 'string' },
		},
	}));
	if (!Object.values(values).every((value) => whole.test(value))) throw new Error(usage);
} catch {
	process.stderr.write(`${usage}\n`);
	process.exit(1);
}
process.env.FAULT_SCHEDULES = values.schedules;
process.env.SEED = values.seed;
if (values.only) process.env.FAULT_ONLY = values.only;
await dispatch('node_modules/vitest/vitest.mjs', [
	'run',
	'--project',
	'integration',
	'test/faults/schedules',
	'--reporter=verbose',
]);
