import { ApiProblem } from '#platform/ApiProblem.ts';
import { CommandId } from '#platform/CommandId.ts';

/** What a city has decided, with the version in which it stands. */
export interface Decided<Value> {
	version: number;
	value: Value;
}
/** What fields hold, or what is wrong with them. */
export type Reading<Value, Faults> = { value: Value; faults: null } | { faults: Faults };

/** One thing that a city decides. `load` and `save` throw ApiProblem. */
export interface SettingKind<Value, Texts, Faults> {
	/** Of a city that has decided nothing. */
	readonly defaults: Value;
	load(): Promise<Decided<Value>>;
	save(decision: Decided<Value> & { commandId: string }): Promise<Decided<Value>>;
	/** Pure. Equal values give equal texts, in the same order. */
	textsOf(value: Value): Texts;
	/** Pure. */
	read(texts: Texts): Reading<Value, Faults>;
}

/** What one city decides, as it stands and as it is being changed. */
export class Setting<Value, Texts, Faults> {
	/** Null until it is read. */
	saved = $state.raw<Decided<Value> | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	busy = $state(false);
	texts: Texts;
	readonly #kind: SettingKind<Value, Texts, Faults>;
	readonly #command = new CommandId();
	readonly #reading = $derived.by(() => this.#kind.read(this.texts));
	readonly faults = $derived.by(() => this.#reading.faults);
	readonly isChanged = $derived.by(() => this.saved !== null && !this.#reads(this.saved.value));
	/** It stands as for a city that has decided nothing. */
	readonly isDefault = $derived.by(() => !this.isChanged && this.#reads(this.#kind.defaults));

	constructor(kind: SettingKind<Value, Texts, Faults>) {
		this.#kind = kind;
		this.texts = $state(kind.textsOf(kind.defaults));
	}

	async load(): Promise<void> {
		this.problem = null;
		try {
			this.#put(await this.#kind.load());
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}

	fillDefaults(): void {
		this.texts = this.#kind.textsOf(this.#kind.defaults);
	}

	/** @returns whether it stands now */
	async save(): Promise<boolean> {
		const { saved, busy } = this;
		const reading = this.#reading;
		if (!('value' in reading) || saved === null || busy) return false;
		this.busy = true;
		this.problem = null;
		try {
			const { version } = saved;
			const { value } = reading;
			const commandId = this.#command.of(JSON.stringify([version, value]));
			this.#put(await this.#kind.save({ commandId, version, value }));
			this.#command.settle();
			return true;
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return false;
		} finally {
			this.busy = false;
		}
	}

	#put(saved: Decided<Value>): void {
		this.saved = saved;
		this.texts = this.#kind.textsOf(saved.value);
	}

	#reads(value: Value): boolean {
		return JSON.stringify(this.texts) === JSON.stringify(this.#kind.textsOf(value));
	}
}
