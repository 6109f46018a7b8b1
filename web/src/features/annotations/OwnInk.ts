import { SAID_LIMITS, type InkSaid, type PointerSaid } from '@counter-hub/shared/annotations/said.ts';
import { Teller } from './Teller.ts';

/** Points that are said again: what some lost messages held. */
const AGAIN = 16;
/** Whoever rests on a place still points there; and what was lost last comes again. */
const REST_MS = 400;
/** After so long without a movement nobody points any more. */
const REST_MOST_MS = 10_000;

interface Line {
	say(topic: 'pointer', data: PointerSaid): void;
	say(topic: 'ink', data: InkSaid): void;
}
type Tool = Extract<InkSaid, { tool: string }>['tool'];

/** A mark that grows: `points` only ever get more, or are the two of an arrow or a box. */
export interface Growing {
	readonly id: string;
	readonly on: string;
	readonly tool: Tool;
	readonly points: readonly number[];
}

/** Tells the other side, at once or not at all, where this one points and what it is drawing. */
export class OwnInk {
	readonly #line: Line;
	readonly #teller = new Teller();
	#rest: ReturnType<typeof setInterval> | undefined;
	#growing: Growing | null = null;
	/** Numbers of `points` that were said. */
	#said = 0;

	constructor(line: Line) {
		this.#line = line;
	}

	point(on: string, at: PointerSaid['at']): void {
		const say = () => this.#line.say('pointer', { on, at });
		this.#teller.tell(say);
		this.#repeat(at === null ? null : say);
	}

	draw(mark: Growing): void {
		if (mark.id !== this.#growing?.id) this.#said = 0;
		this.#growing = mark;
		this.#teller.tell(() => this.#sayNews());
		this.#repeat(() => {
			this.#said = Math.max(0, this.#said - 2 * SAID_LIMITS.points);
			this.#sayNews();
		});
	}

	/** The end of a mark: the rest of it, or that it was given up. */
	end(mark: Growing, isGone: boolean): void {
		this.#repeat(null);
		this.#teller.close();
		if (isGone) this.#line.say('ink', { id: mark.id, gone: true });
		else {
			this.#growing = mark;
			this.#sayNews();
		}
		this.#growing = null;
	}

	close(): void {
		this.#repeat(null);
		this.#teller.close();
	}

	#sayNews(): void {
		if (!this.#growing) return;
		const { id, on, tool, points } = this.#growing;
		const isPen = tool === 'pen';
		const from = isPen ? Math.max(0, this.#said - 2 * AGAIN) : 0;
		const part = points.slice(from, from + 2 * SAID_LIMITS.points);
		this.#line.say('ink', { id, on, tool, from: from / 2, points: part });
		this.#said = from + part.length;
		if (isPen && this.#said < points.length) this.#teller.tell(() => this.#sayNews());
	}

	#repeat(say: (() => void) | null): void {
		clearInterval(this.#rest);
		this.#rest = undefined;
		if (!say) return;
		const until = performance.now() + REST_MOST_MS;
		this.#rest = setInterval(() => {
			if (performance.now() > until) this.#repeat(null);
			else this.#teller.tell(say);
		}, REST_MS);
	}
}
