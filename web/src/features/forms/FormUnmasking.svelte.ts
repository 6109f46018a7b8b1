import { LIMITS } from '@counter-hub/shared/limits/limits.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import { CommandId } from '#platform/CommandId.ts';
import type { FormDesk } from './FormDesk.svelte.ts';
import { formsApi } from './formsApi.ts';

/** A form's personal data in clear for 30 seconds, after a reason was given; then they leave the page's memory. */
export class FormUnmasking {
	problem = $state.raw<ApiProblem | null>(null);
	busy = $state(false);
	secondsLeft = $state(0);
	readonly #command = new CommandId();
	readonly #desk: FormDesk;
	#until = 0;
	#timer: ReturnType<typeof setInterval> | undefined;

	constructor(desk: FormDesk) {
		this.#desk = desk;
	}

	/** @returns whether they are shown now */
	async show(reason: string): Promise<boolean> {
		const { app, place, draft } = this.#desk;
		this.busy = true;
		this.problem = null;
		try {
			const commandId = this.#command.of(reason);
			const { fields } = await formsApi.unmask(app.api, place, { commandId, reason });
			this.#command.settle();
			draft?.unmask(fields);
			this.#until = performance.now() + LIMITS.unmaskedMs;
			clearInterval(this.#timer);
			this.#timer = setInterval(() => this.#tick(), 250);
			this.#tick();
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
		this.#desk.draft?.unmask(null);
		this.secondsLeft = 0;
	}

	#tick(): void {
		const left = this.#until - performance.now();
		if (left <= 0) this.hide();
		else this.secondsLeft = Math.ceil(left / 1000);
	}
}
