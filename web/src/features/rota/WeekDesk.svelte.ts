import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { changePlan, movesBetween, uncoveredSlots, withChange } from '@counter-hub/shared/rota/planning.ts';
import type { Plan, RotaView, SlotMove } from '@counter-hub/shared/rota/rota.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { isPassing } from '#platform/isPassing.ts';
import { between, changeOf, isNothing, type Intent } from './intents.ts';
import { rotaApi, type RotaBody, type RotaCommand } from './rotaApi.ts';

/** A step of this planner that the hub does not have yet. */
interface Step {
	readonly intent: Intent;
	/** As it was sent, while nobody knows what became of it. */
	readonly body: RotaBody | null;
	/** Taking back another step: it cannot be taken back itself. */
	readonly isUndo: boolean;
}

/** What somebody else has made of the week since it was shown here. */
export interface Foreign {
	readonly by: string | null;
	readonly at: string;
	readonly moves: readonly SlotMove[];
}

const NO_PLAN: Plan = { servedDays: [], servedWindows: [], assigned: [], leaves: [] };

/**
 * The rota of a counter and week on a planner's screen. Steps on a draft are saved one after the other as they are made;
 * steps on a published week gather until they are published together, since the week must be complete after each change.
 * When somebody else was faster nothing is sent any more: what changed is shown, the steps stay, and the planner decides.
 */
export class WeekDesk {
	readonly counterId: string;
	readonly monday: string;
	view = $state.raw<RotaView | null>(null);
	/** Why the week could not be read. */
	problem = $state.raw<ApiProblem | null>(null);
	/** Why the last step or command was refused; null after the next one. */
	refusal = $state.raw<ApiProblem | null>(null);
	foreign = $state.raw<Foreign | null>(null);
	/** Steps wait for the planner's decision, as somebody else was faster. */
	held = $state(false);
	busy = $state(false);
	#steps = $state.raw<readonly Step[]>([]);
	#undos = $state.raw<readonly Intent[]>([]);
	/** The newest version that a notice told; infinite where it is to be read in any case. */
	#told = 0;
	readonly #app: App;

	constructor(app: App, counterId: string, monday: string) {
		this.#app = app;
		this.counterId = counterId;
		this.monday = monday;
	}

	/** As the hub has it. */
	readonly #base: Plan = $derived(this.view ?? NO_PLAN);
	/** With the steps of this planner. */
	readonly plan: Plan = $derived(
		this.#steps.reduce((plan, { intent }) => withChange(plan, changeOf(plan, intent)), this.#base),
	);
	readonly isPublished = $derived(this.view?.state === 'published');
	readonly unsaved = $derived(this.#steps.length);
	/** Which slots differ from what the hub has. */
	readonly pending: readonly SlotMove[] = $derived(movesBetween(this.#base, this.plan));
	readonly uncovered = $derived(this.view ? uncoveredSlots(this.plan) : []);
	readonly mayUndo = $derived(this.#steps.length > 0 || this.#undos.length > 0);

	/** Reads it, at each connection anew, and hears of changes; returns how to stop. */
	follow(): () => void {
		const stops = [
			this.#app.hub.on('rota:changed', ({ counterId, monday, version }) => {
				if (counterId !== this.counterId || monday !== this.monday) return;
				this.#told = Math.max(this.#told, version);
				void this.#catchUp();
			}),
			this.#app.hub.onConnect(() => void this.read()),
		];
		return () => {
			for (const stop of stops) stop();
		};
	}

	/** What is on its way is waited for: its effect is not somebody else's. */
	async read(): Promise<void> {
		if (this.busy) this.#told = Infinity;
		else await this.#reread();
	}

	/** Makes a step. @returns whether it can be made */
	step(intent: Intent): boolean {
		return this.#push(intent, false);
	}

	undo(): void {
		if (this.held) return;
		const onItsWay = this.busy ? 1 : 0;
		if (this.#steps.length > onItsWay) {
			this.#steps = this.#steps.slice(0, -1);
			return;
		}
		const last = this.#undos.at(-1);
		if (!last || this.busy) return;
		this.#undos = this.#undos.slice(0, -1);
		this.#push(last, true);
	}

	/** After somebody else was faster: this planner's steps on what is there now. */
	goOn(): void {
		this.held = false;
		this.foreign = null;
		this.#steps = this.#steps.map((step) => ({ ...step, body: null }));
		void this.#flush();
	}

	/** Steps that were not sent are given up. */
	discard(): void {
		this.held = false;
		this.foreign = null;
		this.refusal = null;
		this.#steps = [];
	}

	/** Sends on what failed for a reason that passes. */
	retry(): void {
		this.refusal = null;
		void this.#flush();
	}

	/** The steps on a published week take effect together. @returns whether they have */
	async publishSteps(): Promise<boolean> {
		const change = between(this.#base, this.plan);
		if (this.busy || this.held || isNothing(change)) return false;
		const done = await this.#run('plan', { ...change });
		if (done) this.#steps = [];
		return done;
	}

	/** A command other than planning. @throws ApiProblem; where somebody else was faster the week is read anew first */
	async command(what: RotaCommand, body: RotaBody): Promise<void> {
		this.busy = true;
		try {
			this.view = await rotaApi.command(this.#app.api, this.counterId, this.monday, what, body);
			this.#undos = [];
		} catch (error) {
			const problem = ApiProblem.from(error);
			if (problem.is('ORG-3004')) await this.#reread();
			throw problem;
		} finally {
			this.busy = false;
			void this.#catchUp();
		}
	}

	publish(): Promise<boolean> {
		return this.#run('publication', {});
	}

	/** @returns whether it took effect; why not stands in `refusal` */
	async #run(what: RotaCommand, fields: object): Promise<boolean> {
		this.refusal = null;
		try {
			await this.command(what, { commandId: newId(), version: this.view?.version ?? 0, ...fields });
			return true;
		} catch (error) {
			const problem = ApiProblem.from(error);
			// What changed says it already.
			if (!problem.is('ORG-3004') || this.foreign === null) this.refusal = problem;
			return false;
		}
	}

	#push(intent: Intent, isUndo: boolean): boolean {
		if (this.held || this.view?.readOnly !== false) return false;
		this.refusal = null;
		const change = changeOf(this.plan, intent);
		if (isNothing(change)) return false;
		try {
			changePlan(this.plan, change);
		} catch (error) {
			if (!(error instanceof AppError)) throw error;
			this.refusal = new ApiProblem(error.toProblem());
			return false;
		}
		this.#steps = [...this.#steps, { intent, body: null, isUndo }];
		void this.#flush();
		return true;
	}

	/** One step after the other, each on the version that the one before has made. */
	async #flush(): Promise<void> {
		if (this.busy || this.isPublished || this.#steps.length === 0) return;
		this.busy = true;
		try {
			for (let step = this.#steps[0]; step && !this.held; step = this.#steps[0]) {
				if (!(await this.#save(step))) break;
			}
		} finally {
			this.busy = false;
			void this.#catchUp();
		}
	}

	/** @returns whether to go on with the next one */
	async #save(step: Step): Promise<boolean> {
		const before = this.#base;
		const change = changeOf(before, step.intent);
		if (step.body === null && isNothing(change)) {
			this.#drop();
			return true;
		}
		const copiedFrom = step.intent.kind === 'set' ? step.intent.copiedFrom : undefined;
		const version = this.view?.version ?? 0;
		const body = step.body ?? { commandId: newId(), version, ...change, ...(copiedFrom && { copiedFrom }) };
		this.#steps = [{ ...step, body }, ...this.#steps.slice(1)];
		try {
			const { api } = this.#app;
			const view = await rotaApi.command(api, this.counterId, this.monday, 'plan', body);
			// First, so that the step is never on the screen twice, nor not at all.
			this.#drop();
			this.view = view;
			const inverse = between(view, before);
			if (!step.isUndo) this.#undos = [...this.#undos, { kind: 'set', change: inverse }];
			return true;
		} catch (error) {
			await this.#refused(ApiProblem.from(error));
			return false;
		}
	}

	async #refused(problem: ApiProblem): Promise<void> {
		if (problem.is('ORG-3004')) {
			await this.#reread();
			return;
		}
		this.refusal = problem;
		if (!isPassing(problem.problem)) this.#drop();
	}

	#drop(): void {
		this.#steps = this.#steps.slice(1);
	}

	/** Somebody else has changed it since it was read. */
	async #catchUp(): Promise<void> {
		if (this.busy || !this.view || this.#told <= this.view.version) return;
		this.#told = 0;
		await this.#reread();
	}

	async #reread(): Promise<void> {
		this.problem = null;
		try {
			this.#take(await rotaApi.read(this.#app.api, this.counterId, this.monday));
			void this.#flush();
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}

	/** Shows what is there, and what of it came from elsewhere. */
	#take(view: RotaView): void {
		const before = this.view;
		if (before && before.version > view.version) return;
		this.view = view;
		if (!before || before.version === view.version || !view.last) return;
		this.#undos = [];
		const earlier = this.foreign?.moves ?? [];
		this.foreign = { ...view.last, moves: [...earlier, ...movesBetween(before, view)] };
		this.held = this.#steps.length > 0;
	}
}
