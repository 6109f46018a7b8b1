import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { Shift } from '@counter-hub/shared/shifts/Shift.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import type { HubContext } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { SHIFT, shiftsProjection, subjectOfShifts } from './shiftProjections.ts';

/** What happens to a shift, without who did it and its place in the machine. */
type Step = Pick<EventDraft, 'type' | 'data'>;

interface Order {
	readonly shiftId: string;
	readonly commandId: string;
	readonly content: unknown;
	readonly actor: EventActor;
	/** Null: nothing is to be done any more. */
	readonly decide: (shift: Shift) => Step | null;
}

/** A shift with everything acknowledged. @throws AppError `unknownShift` */
export async function getShift(hub: HubContext, shiftId: string): Promise<Shift> {
	const shift = await timeline(hub).state(shiftsProjection, shiftId);
	if (!shift) throw new AppError('unknownShift');
	return shift;
}

/** Moves a shift by one step, decided against what it is at that moment. @throws AppError of `decide` */
export async function moveShift(
	hub: HubContext,
	{ shiftId, commandId, content, actor, decide }: Order,
): Promise<void> {
	const { staffId } = await getShift(hub, shiftId);
	const { events } = await timeline(hub).append({
		subject: subjectOfShifts(staffId),
		commandId,
		content,
		reads: [[shiftsProjection, shiftId]],
		decide: (view) => {
			const shift = view.state(shiftsProjection, shiftId);
			if (!shift) throw new AppError('unknownShift');
			const step = decide(shift);
			if (!step) return [];
			return [{ ...step, actor, machine: `${SHIFT}:${shiftId}`, version: shift.version + 1 } as EventDraft];
		},
	});
	await timeline(hub).projected(events);
}
