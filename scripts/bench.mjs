/* npm run bench -- start|join|reload|recover|media|wall|timeline|hub|hubs|still|lossless|codecs|notice|annotate|reading|legible|linkcheck|span|matrix [--json] */
import { dispatch, exists } from './lib/dispatch.mjs';

const [name = '', ...args] = process.argv.slice(2);
const known = [
	'start',
	'join',
	'reload',
	'recover',
	'media',
	'wall',
	'timeline',
	'hub',
	'hubs',
	'still',
	'lossless',
	'codecs',
	'notice',
	'annotate',
	'reading',
	'legible',
	'linkcheck',
	'span',
	'matrix',
];

if (!known.includes(name) || !exists(`test/bench/${name}.ts`)) {
	process.stderr.write(`npm run bench -- <${known.join('|')}> [--json]\n`);
	process.exit(1);
}
await dispatch(`test/bench/${name}.ts`, args);
