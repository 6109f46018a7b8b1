import { SHUTDOWN_STEP_TIMEOUT, SHUTDOWN_TOTAL_TIMEOUT } from '../limits.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';

/** The order of stopping: first nothing new comes in, then work in hand ends, the database goes last. */
const STAGES = ['announce', 'intake', 'work', 'connections', 'database'] as const;
export type ShutdownStage = (typeof STAGES)[number];

interface Step {
	stage: ShutdownStage;
	title: string;
	run: () => Promise<void> | void;
}

/** Ordered, bounded, idempotent stop. Steps of one stage run side by side; one that hangs or throws is logged and left. */
export class Shutdown {
	readonly #steps: Step[] = [];
	readonly #logger: Logger;
	#stopping: Promise<void> | undefined;

	constructor(logger: Logger) {
		this.#logger = logger;
	}

	get isStopping(): boolean {
		return this.#stopping !== undefined;
	}

	/** Registers what must be done at stop. */
	add(stage: ShutdownStage, title: string, run: Step['run']): void {
		this.#steps.push({ stage, title, run });
	}

	run(reason: string): Promise<void> {
		this.#stopping ??= this.#run(reason);
		return this.#stopping;
	}

	async #run(reason: string): Promise<void> {
		this.#logger.info({ reason }, 'stopping');
		const deadline = Date.now() + SHUTDOWN_TOTAL_TIMEOUT;
		for (const stage of STAGES) {
			const left = Math.max(100, Math.min(SHUTDOWN_STEP_TIMEOUT, deadline - Date.now()));
			const steps = this.#steps.filter((step) => step.stage === stage);
			await Promise.all(steps.map((step) => this.#runStep(step, left)));
		}
		this.#logger.info('stopped');
	}

	async #runStep(step: Step, limit: number): Promise<void> {
		const late = Promise.withResolvers<'late'>();
		const timer = setTimeout(() => {
			late.resolve('late');
		}, limit);
		try {
			const outcome = await Promise.race([Promise.resolve(step.run()), late.promise]);
			if (outcome === 'late')
				this.#logger.warn({ step: step.title, limit }, 'a step of stopping took too long');
		} catch (error) {
			this.#logger.error({ err: error, step: step.title }, 'a step of stopping failed');
		} finally {
			clearTimeout(timer);
		}
	}
}
