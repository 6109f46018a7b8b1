import type { Point } from './stageView.ts';

/** A tool that takes the pointer while it is chosen. Points are shares of the unturned picture, 0–1 both ways. */
export interface StageTool {
	readonly id: string;
	/** CSS cursor over the stage. */
	readonly cursor: string;
	down(point: Point, event: PointerEvent): void;
	/** Also while no button is pressed. */
	move(point: Point, event: PointerEvent): void;
	up(point: Point, event: PointerEvent): void;
	/** Instead of `up`: what was begun was not meant. A second finger has come, or the pointer was taken away. */
	cancel(): void;
	/** The pointer has left the stage, or was taken away. */
	leave(): void;
}
