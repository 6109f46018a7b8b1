import { inkSaid, pointerSaid, type InkSaid } from '@counter-hub/shared/annotations/said.ts';
import { grown, type Heard } from './grown.ts';

/** Nobody points any more who has not said so for so long. */
const POINTER_MS = 2_500;
/** A mark that has not come to an end is forgotten after so long. */
const INK_MS = 30_000;
const LOOK_MS = 250;
/** Half-drawn marks of one person; the oldest goes first. */
const INKS_MAX = 30;
const SETTLED_MAX = 500;

export interface Pointed {
	readonly participantId: string;
	readonly on: string;
	readonly at: readonly [x: number, y: number];
	readonly heardAt: number;
}
type Tool = Extract<InkSaid, { tool: string }>['tool'];
/** A mark that somebody is drawing. What the line has lost of it is missing in `points`. */
export interface Ink {
	readonly id: string;
	readonly participantId: string;
	readonly on: string;
	readonly tool: Tool;
	readonly points: Heard;
	readonly heardAt: number;
}

/** Where the others point, and what they are drawing, as far as the volatile line has told. */
export class Others {
	pointers = $state.raw<ReadonlyMap<string, Pointed>>(new Map());
	inks = $state.raw<readonly Ink[]>([]);
	/** Marks whose event has come, or that were given up: what is still said of them counts no more. */
	readonly #settled = new Set<string>();
	#timer: ReturnType<typeof setInterval> | undefined;

	hear({ participantId, topic, data }: { participantId: string; topic: string; data: unknown }): void {
		if (topic === 'pointer') this.#hearPointer(participantId, data);
		if (topic === 'ink') this.#hearInk(participantId, data);
	}

	/** The event of this mark is there. */
	settle(id: string): void {
		this.#settled.add(id);
		const [oldest] = this.#settled;
		if (this.#settled.size > SETTLED_MAX && oldest !== undefined) this.#settled.delete(oldest);
		if (this.inks.some((ink) => ink.id === id)) this.inks = this.inks.filter((ink) => ink.id !== id);
	}

	close(): void {
		clearInterval(this.#timer);
		this.#timer = undefined;
	}

	#hearPointer(participantId: string, data: unknown): void {
		const said = pointerSaid.safeParse(data);
		if (!said.success) return;
		const { on, at } = said.data;
		const pointers = new Map(this.pointers);
		if (at) pointers.set(participantId, { participantId, on, at, heardAt: performance.now() });
		else pointers.delete(participantId);
		this.pointers = pointers;
		this.#watch();
	}

	#hearInk(participantId: string, data: unknown): void {
		const said = inkSaid.safeParse(data);
		if (!said.success || this.#settled.has(said.data.id)) return;
		if ('gone' in said.data) {
			this.settle(said.data.id);
			return;
		}
		const { id, on, tool, from, points } = said.data;
		const before = this.inks.find((ink) => ink.id === id);
		if (before && before.participantId !== participantId) return;
		const ink = {
			...{ id, participantId, on, tool },
			points: grown(before?.points ?? [], 2 * from, points),
			heardAt: performance.now(),
		};
		const others = this.inks.filter((one) => one.id !== id);
		const own = others.filter((one) => one.participantId === participantId);
		const oldest = own.length >= INKS_MAX ? own[0] : undefined;
		this.inks = [...others.filter((one) => one !== oldest), ink];
		// Who draws points no more.
		if (this.pointers.has(participantId))
			this.pointers = new Map([...this.pointers].filter(([who]) => who !== participantId));
		this.#watch();
	}

	#watch(): void {
		this.#timer ??= setInterval(() => {
			const now = performance.now();
			const old = [...this.pointers].filter(([, { heardAt }]) => now - heardAt > POINTER_MS);
			if (old.length > 0)
				this.pointers = new Map([...this.pointers].filter(([, { heardAt }]) => now - heardAt <= POINTER_MS));
			const left = this.inks.filter(({ heardAt }) => now - heardAt <= INK_MS);
			if (left.length < this.inks.length) this.inks = left;
			if (this.pointers.size === 0 && this.inks.length === 0) this.close();
		}, LOOK_MS);
	}
}
