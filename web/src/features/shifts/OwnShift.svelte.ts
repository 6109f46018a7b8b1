import type { OwnShift as Own, ShiftView } from '@counter-hub/shared/shifts/shifts.ts';
import { createContext } from 'svelte';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { shiftsApi, type ShiftStep } from './shiftsApi.ts';

/** The shift of whoever is signed in, and what waits for his confirmation; true also when it changes elsewhere. */
export class OwnShift {
	now = $state.raw<Own | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	/** Which of its dialogs is up. */
	open = $state<'open' | 'pause' | 'handover' | 'close' | null>(null);
	readonly #app: App;
	readonly #windowId = $derived.by(() => this.#app.signIn.me?.window?.id ?? null);
	/** Open or paused. */
	readonly shift = $derived.by((): ShiftView | null => {
		const shift = this.now?.shift ?? null;
		return shift?.state === 'closed' ? null : shift;
	});
	readonly state = $derived(this.shift?.state ?? 'none');

	constructor(app: App) {
		this.#app = app;
	}

	get windowId(): string | null {
		return this.#windowId;
	}

	async read(windowId: string | null): Promise<void> {
		try {
			this.now = await shiftsApi.own(this.#app.api, windowId);
			this.problem = null;
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}

	/** @throws ApiProblem */
	async begin(commandId: string, reason: string | null): Promise<void> {
		const windowId = this.#windowId;
		if (windowId === null) return;
		this.#took(await shiftsApi.open(this.#app.api, { commandId, windowId, reason }));
	}

	/** A step of the own shift, or of the one that hands over to us. @throws ApiProblem */
	async step(
		what: ShiftStep,
		body: { commandId: string } & Record<string, unknown>,
		shiftId: string | undefined = this.shift?.id,
	): Promise<void> {
		if (shiftId !== undefined) this.#took(await shiftsApi.step(this.#app.api, shiftId, what, body));
	}

	/** A command's answer knows of no window: what the check came to is kept. */
	#took(own: Own): void {
		this.now = { ...own, check: this.now?.check ?? null };
	}
}

export const [getOwnShift, setOwnShift] = createContext<OwnShift>();
