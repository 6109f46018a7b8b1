import type { MaskedPerson } from '@counter-hub/shared/cases/cases.ts';
import { LIMITS } from '@counter-hub/shared/limits/limits.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { CommandId } from '#platform/CommandId.ts';
import { casesApi } from './casesApi.ts';

/** A person's data in full for 30 seconds, after a reason was given; then they leave the page's memory. */
export class Unmasking {
	person = $state.raw<MaskedPerson | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	busy = $state(false);
	secondsLeft = $state(0);
	readonly #command = new CommandId();
	#until = 0;
	#timer: ReturnType<typeof setInterval> | undefined;
	readonly #app: App;
	readonly #caseId: string;

	constructor(app: App, caseId: string) {
		this.#app = app;
		this.#caseId = caseId;
	}

	/** @returns whether the data are shown now */
	async show(reason: string): Promise<boolean> {
		this.busy = true;
		this.problem = null;
		try {
			this.person = await casesApi.unmask(this.#app.api, this.#caseId, {
				commandId: this.#command.of(reason),
				reason,
			});
			this.#command.settle();
			this.#until = performance.now() + LIMITS.unmaskedMs;
			this.secondsLeft = LIMITS.unmaskedMs / 1000;
			clearInterval(this.#timer);
			this.#timer = setInterval(() => this.#tick(), 250);
			return true;
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return false;
		} finally {
			this.busy = false;
		}
	}

	hide(): void {
		clearInterval(this.#timer);
		this.person = null;
		this.secondsLeft = 0;
	}

	#tick(): void {
		const left = this.#until - performance.now();
		if (left <= 0) this.hide();
		else this.secondsLeft = Math.ceil(left / 1000);
	}
}
