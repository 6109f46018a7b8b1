import type { StageTool } from './StageTool.ts';
import type { Point } from './stageView.ts';

interface Stage {
	/** Null: the hand, which moves the picture. */
	readonly tool: StageTool | null;
	readonly zoom: {
		pointAt(event: MouseEvent): Point;
		fromMiddle(event: MouseEvent): Point;
		drag(before: Point, now: Point, other?: Point): void;
	};
}

const FIRST = 0;
const MIDDLE = 1;

/**
 * Who has what pointers do on the stage. The tool has one that comes alone; with the middle button, or a second finger,
 * the picture is moved whatever the tool.
 */
export class StagePointers {
	readonly #stage: Stage;
	/** Those that are down, and where, from the middle of the stage. */
	readonly #held = new Map<number, Point>();
	/** The one of them that the tool has. */
	#drawing: number | null = null;

	constructor(stage: Stage) {
		this.#stage = stage;
	}

	/** Whether the pointer is to be held beyond the stage; other buttons do nothing here. */
	down(event: PointerEvent): boolean {
		if (event.button !== FIRST && event.button !== MIDDLE) return false;
		// The browser would begin to scroll by itself.
		if (event.button === MIDDLE) event.preventDefault();
		const { tool, zoom } = this.#stage;
		const isAlone = this.#held.size === 0 && event.isPrimary;
		this.#held.set(event.pointerId, zoom.fromMiddle(event));
		if (tool && isAlone && event.button === FIRST) {
			this.#drawing = event.pointerId;
			tool.down(zoom.pointAt(event), event);
		} else this.#giveUp();
		return true;
	}

	move(event: PointerEvent): void {
		const { tool, zoom } = this.#stage;
		const before = this.#held.get(event.pointerId);
		const now = zoom.fromMiddle(event);
		if (before) this.#held.set(event.pointerId, now);
		if (this.isForTool(event)) tool?.move(zoom.pointAt(event), event);
		else if (before) {
			const other = [...this.#held].find(([id]) => id !== event.pointerId)?.[1];
			zoom.drag(before, now, other);
		}
	}

	up(event: PointerEvent): void {
		if (!this.#held.delete(event.pointerId) || event.pointerId !== this.#drawing) return;
		const { tool, zoom } = this.#stage;
		this.#drawing = null;
		tool?.up(zoom.pointAt(event), event);
	}

	/** The system has taken the pointer away, for a palm perhaps: nobody meant what it did. */
	cancel(event: PointerEvent): void {
		if (this.#held.delete(event.pointerId) && event.pointerId === this.#drawing) this.#giveUp();
	}

	/** It draws, or hovers while nothing is held. */
	isForTool({ pointerId }: PointerEvent): boolean {
		return pointerId === this.#drawing || this.#held.size === 0;
	}

	#giveUp(): void {
		if (this.#drawing === null) return;
		this.#drawing = null;
		this.#stage.tool?.cancel();
	}
}
