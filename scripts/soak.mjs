/* npm run soak -- [--minutes N] [--seed N] */
import { parseArgs } from 'node:util';
import { dispatch } from './lib/dispatch.mjs';

const whole = /^\d{1,9}$/;
const usage = 'npm run soak -- [--minutes <how long>] [--seed <number>]';
let values;
try {
	({ values } = parseArgs({
		options: {
			minutes: { type: 'string', default: '30' },
			seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
		},
	}));
	if (!Object.values(values).every((value) => whole.test(value)) || values.minutes === '0')
		throw new Error(usage);
} catch {
	process.stderr.write(`${usage}\n`);
	process.exit(1);
}
process.env.SOAK_MINUTES = values.minutes;
process.env.SEED = values.seed;
await dispatch('node_modules/vitest/vitest.mjs', ['run', '--project', 'soak', '--reporter=verbose']);
