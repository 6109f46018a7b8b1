import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** One number that is read when somebody asks for the metrics. */
export interface Measured {
	readonly name: string;
	readonly help: string;
	readonly read: () => number;
}

/** The usual 10 ms would be most of what an idle process does. */
const EVENT_LOOP_PRECISION_MS = 100;

/** Prometheus metrics of this node: the process's own and the ones given. Nothing is computed between two reads. */
export function createMetrics(measured: readonly Measured[]): Registry {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_PRECISION_MS });
	for (const { name, help, read } of measured) {
		new Gauge({
			name,
			help,
			registers: [registry],
			collect() {
				this.set(read());
			},
		});
	}
	return registry;
}
