import { dutyPost, type DutyPost, type Slot } from '@counter-hub/shared/rota/slots.ts';
import { half, type Half } from '@counter-hub/shared/rota/week.ts';

/** A line of the grid: a post of a window for one half of each day. */
export interface GridRow {
	readonly windowId: string;
	readonly half: Half;
	readonly post: DutyPost;
}

/** The lines of the windows that serve, in order: mornings before afternoons, A before B. */
export const gridRows = (windowIds: readonly string[]): GridRow[] =>
	windowIds.flatMap((windowId) =>
		half.options.flatMap((ofDay) => dutyPost.options.map((post) => ({ windowId, half: ofDay, post }))),
	);

const STEPS: Readonly<Record<string, readonly [rows: number, days: number]>> = {
	ArrowUp: [-1, 0],
	ArrowDown: [1, 0],
	ArrowLeft: [0, -1],
	ArrowRight: [0, 1],
	Home: [0, -6],
	End: [0, 6],
};

/** Where a key leads from a slot; undefined for keys that lead nowhere. */
export function slotAfterKey(key: string, slot: Slot, rows: readonly GridRow[]): Slot | undefined {
	const step = STEPS[key];
	const at = rows.findIndex(
		({ windowId, half: ofDay, post }) =>
			windowId === slot.windowId && ofDay === slot.half && post === slot.post,
	);
	if (!step || at < 0) return undefined;
	const row = rows[Math.min(rows.length - 1, Math.max(0, at + step[0]))];
	return row && { ...row, day: Math.min(7, Math.max(1, slot.day + step[1])) };
}
