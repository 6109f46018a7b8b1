/*
 * Starts the whole product: npm start. Plain JavaScript, because a fresh machine's older Node runs it;
 * the product itself runs on the Node that the first step settles.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settleAddresses } from './lib/addresses.mjs';
import { tryLock } from './lib/locks.mjs';
import { help, readOptions } from './lib/options.mjs';
import { Product } from './lib/Product.mjs';
import { Progress } from './lib/progress.mjs';
import { abortCommands } from './lib/run.mjs';
import { explain, StartProblem } from './lib/startProblem.mjs';
import { summary } from './lib/summary.mjs';
import { obtainTools } from './lib/tools.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const json = process.argv.includes('--json');
const progress = new Progress({ json });
/** @type {Product | undefined} */
let product;
let stopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0));
// Whoever reads the output may go away; that is no reason to stop.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

try {
	await main();
} catch (error) {
	if (!stopping) await fail(error);
}

async function main() {
	const options = readOptions(process.argv.slice(2), process.env, root);
	if (options.help) {
		process.stdout.write(help);
		return;
	}
	await holdFolder(options.dataDir);
	const addresses = await settleAddresses(options);
	const tools = await obtainTools({ root, progress, needsMongod: !options.mongodbUrl });
	if (stopping) return;
	product = new Product({ root, options, addresses, tools, progress, say: tell });
	const running = await product.start();
	if (stopping) return;
	progress.close();
	if (json) {
		process.stdout.write(`${JSON.stringify({ ready: true, url: running.url, signIns: running.signIns })}\n`);
	} else {
		process.stdout.write(summary(running, options));
	}
}

/** One starter per data folder. @param {string} folder */
async function holdFolder(folder) {
	const run = join(folder, 'run');
	mkdirSync(run, { recursive: true });
	const pidFile = join(run, 'starter.pid');
	if (!(await tryLock(folder))) {
		throw new StartProblem(
			`Another start (process ${readFileSync(pidFile, 'utf8').trim()}) uses ${folder}.`,
			'Stop that one first (Ctrl-C there), or set DATA_DIR and PORT for a second installation beside it.',
		);
	}
	writeFileSync(pidFile, `${process.pid}\n`);
}

/** News after the start go to stderr: stdout is silent then. @param {string} text */
function tell(text) {
	if (!stopping) process.stderr.write(`${new Date().toISOString()} ${text}\n`);
}

/** Ordered, once: a second Ctrl-C changes nothing. @param {number} code */
async function stop(code) {
	if (stopping) return;
	stopping = true;
	progress.close();
	if (!json && product) process.stdout.write('Stopping …\n');
	abortCommands();
	await product?.stop();
	process.exit(code);
}

/** @param {unknown} error */
async function fail(error) {
	progress.close();
	const { message, remedy } = explain(error);
	if (json) process.stdout.write(`${JSON.stringify({ error: message, remedy })}\n`);
	process.stderr.write(`\n✗ ${message}\n  ${remedy.replaceAll('\n', '\n  ')}\n`);
	await stop(1);
}
