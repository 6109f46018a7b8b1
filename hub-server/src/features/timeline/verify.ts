import { parseArgs } from 'node:util';
import { connectMongo } from '../../platform/mongo.ts';
import { verifyTimelines } from './verifyTimelines.ts';

/**
 * `MONGODB_URL=… node hub-server/src/features/timeline/verify.ts [--subject case:<id>] [--json]`
 * Exit code 0: every chain is whole; 1: something is wrong, and the report names it; 2: it could not be checked.
 */
const { values } = parseArgs({ options: { subject: { type: 'string' }, json: { type: 'boolean' } } });
const print = (line: string) => process.stdout.write(`${line}\n`);

try {
	const url = process.env['MONGODB_URL'];
	if (!url) throw new Error('MONGODB_URL is required');
	const connection = await connectMongo(url);
	const started = performance.now();
	const report = await verifyTimelines(connection, values.subject).finally(() => connection.close());
	const seconds = Number(((performance.now() - started) / 1000).toFixed(1));
	if (values.subject !== undefined && report.timelines === 0)
		throw new Error(`there is no timeline ${values.subject}`);
	if (values.json) print(JSON.stringify({ ...report, seconds }));
	else {
		for (const { subject, seq, fault } of report.faults) print(`${subject} event ${seq}: ${fault}`);
		print(
			`${report.events} events on ${report.timelines} timelines in ${seconds} s, ${report.faulty} faults`,
		);
	}
	process.exitCode = report.faulty > 0 ? 1 : 0;
} catch (error) {
	process.stderr.write(`Not verified: ${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 2;
}
