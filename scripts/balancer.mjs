/*
 * One address for several hubs, for trying on one machine: what a real balancer must do, in little. See “Several hubs”
 * in the README for a real one. Reads HOST, PORT, BACKENDS (origins, separated by commas), TLS_CERT_FILE and
 * TLS_KEY_FILE; prints one line of JSON when it serves.
 */
import { Balancer } from './lib/Balancer.mjs';

const { HOST = '127.0.0.1', PORT = '0', BACKENDS = '', TLS_CERT_FILE, TLS_KEY_FILE } = process.env;
const balancer = new Balancer({
	backends: BACKENDS.split(',').filter(Boolean),
	tls: TLS_CERT_FILE && TLS_KEY_FILE ? { certFile: TLS_CERT_FILE, keyFile: TLS_KEY_FILE } : undefined,
});
const stop = () => balancer.close().then(() => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop());
process.stdin.on('end', () => void stop()).on('error', () => void stop());
process.stdin.resume();
const url = await balancer.listen(Number(PORT), HOST);
process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
