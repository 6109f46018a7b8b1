/** `start`: the second start to ready, five times, as `npm start -- --json` reports it. */
import { median, print, progress, rounded, spread } from './lib.ts';
import { Installation } from './support/starter.ts';

const TIMES = 5;

const installation = await Installation.create();
const seconds: number[] = [];
const time = async () => {
	const from = performance.now();
	await installation.start();
	return (performance.now() - from) / 1000;
};
const first = await time();
progress(`first start: ${first.toFixed(1)} s`);
for (let i = 1; i <= TIMES; i++) {
	await installation.stop();
	seconds.push(await time());
	progress(`second start ${i} of ${TIMES}: ${(seconds.at(-1) ?? 0).toFixed(2)} s`);
}
await installation.remove();

print({
	bench: 'start',
	ratios: { secondStartS: rounded(median(seconds)) },
	aims: { secondStartS: '≤ 8' },
	samples: { secondStartS: seconds, firstStartS: first },
	tables: [
		{
			title: 'Start to ready, seconds; median [lowest … highest]',
			columns: ['start', 's'],
			rows: [
				['first, with a new data folder', first.toFixed(1)],
				[`second, ${TIMES} times`, spread(seconds, 2)],
			],
		},
	],
});
process.exit(0);
