import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** The usual 10 ms would be most of what an idle process does. */
const EVENT_LOOP_PRECISION_MS = 500;

/** One registry per server, so that several in one process do not share figures. */
export class Metrics {
	readonly registry = new Registry();

	constructor(labels: Record<string, string> = {}) {
		this.registry.setDefaultLabels(labels);
		collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: EVENT_LOOP_PRECISION_MS });
	}

	counter<L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
		return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] });
	}

	/** `read`, if given, is called whenever the figures are fetched. */
	gauge(name: string, help: string, read?: () => number | Promise<number>): Gauge {
		return new Gauge({
			name,
			help,
			registers: [this.registry],
			...(read && {
				async collect() {
					this.set(await read());
				},
			}),
		});
	}

	/** Durations in seconds unless `buckets` says otherwise. */
	histogram<L extends string = never>(
		name: string,
		help: string,
		labelNames: readonly L[] = [],
		buckets: readonly number[] = SECONDS,
	): Histogram<L> {
		return new Histogram({
			name,
			help,
			labelNames: [...labelNames],
			buckets: [...buckets],
			registers: [this.registry],
		});
	}
}
