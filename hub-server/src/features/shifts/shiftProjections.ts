import { Schema, type Connection, type Model } from 'mongoose';
import { applyShiftEvent, movesShift, type ShiftEvent } from '@counter-hub/shared/shifts/applyShiftEvent.ts';
import { shift as shape, type Shift } from '@counter-hub/shared/shifts/Shift.ts';
import { modelOf } from '../../platform/modelOf.ts';
import type { Projection, ProjectionDocument, TimelineEvent } from '../timeline/types.ts';

/** The machine of one shift; its name is the key of the document. */
export const SHIFT = 'shift';
export const subjectOfShifts = (staffId: string): string => `shift:${staffId}`;

/** Every shift that there ever was (S7.1a). */
export const shiftsProjection: Projection<Shift> = {
	name: 'shifts',
	subjectKind: 'shift',
	by: { machine: SHIFT },
	apply: (shift, event) =>
		movesShift(event.type)
			? applyShiftEvent(shift, { ...event, at: event.at.toISOString() } as ShiftEvent)
			: shift,
};

/** The shift of a person that is open or paused; null: none is. */
interface CurrentShift {
	currentId: string | null;
}

export const currentShifts: Projection<CurrentShift> = {
	name: 'current_shifts',
	subjectKind: 'shift',
	by: 'subject',
	apply(state, { type, machine }: TimelineEvent) {
		const id = machine?.slice(SHIFT.length + 1) ?? null;
		if (type === 'shift.opened') return { currentId: id };
		const isOver = type === 'shift.closed' || type === 'shift.lapsed';
		return isOver && state?.currentId === id ? { currentId: null } : state;
	},
};

/** Days about which something was said (S7.1a); the key is `<staffId>~<date>`. */
export interface ExplainedDay {
	staffId: string;
	date: string;
	explanations: { at: string; by: string | null; text: string }[];
	version: number;
}
export const ATTENDANCE_DAY = 'attendanceDay';
export const attendanceDayKey = (staffId: string, date: string): string => `${staffId}~${date}`;

export const explainedDays: Projection<ExplainedDay> = {
	name: 'explained_days',
	subjectKind: 'shift',
	by: { machine: ATTENDANCE_DAY },
	apply(day, { type, subject, at, actor, data }) {
		if (type !== 'attendance.explained') return day;
		const by = actor.kind === 'staff' ? actor.staffId : null;
		const { date, text } = data;
		return {
			staffId: subject.slice('shift:'.length),
			date,
			explanations: [...(day?.explanations ?? []), { at: at.toISOString(), by, text }],
			version: (day?.version ?? 0) + 1,
		};
	},
};

export type ShiftDocument = ProjectionDocument<Shift>;
/** Written by the timeline only, which has made it of parsed events: nothing is cast here. */
const fields = Object.fromEntries(Object.keys(shape.shape).map((field) => [field, Schema.Types.Mixed]));
const shiftSchema = new Schema<ShiftDocument>(
	{ ...fields, _id: { type: String, required: true }, subject: String, seq: Number },
	{ collection: shiftsProjection.name, versionKey: false, id: false },
);
shiftSchema.index({ counterId: 1, date: -1 });
shiftSchema.index({ staffId: 1, openedAt: -1 });
shiftSchema.index(
	{ counterId: 1, state: 1 },
	{ name: 'notClosed', partialFilterExpression: { closedAt: null } },
);
shiftSchema.index({ 'handover.to': 1, 'handover.state': 1, 'handover.settledAt': -1 }, { sparse: true });

export const shiftModel = (connection: Connection): Model<ShiftDocument> =>
	modelOf<ShiftDocument>(connection, 'Shift', shiftSchema);

export type ExplainedDayDocument = ProjectionDocument<ExplainedDay>;
const { Mixed } = Schema.Types;
const explainedSchema = new Schema<ExplainedDayDocument>(
	{
		_id: { type: String, required: true },
		subject: String,
		seq: Number,
		staffId: String,
		date: String,
		explanations: [Mixed],
		version: Number,
	},
	{ collection: explainedDays.name, versionKey: false, id: false },
);
explainedSchema.index({ staffId: 1, date: -1 });

export const explainedDayModel = (connection: Connection): Model<ExplainedDayDocument> =>
	modelOf<ExplainedDayDocument>(connection, 'ExplainedDay', explainedSchema);
