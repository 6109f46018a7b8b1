import { Schema, type Connection, type Model } from 'mongoose';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { reminderEvents } from '@counter-hub/shared/reminders/events.ts';
import type { ReminderRulesOfCity, ReminderStage } from '@counter-hub/shared/reminders/reminders.ts';
import { modelOf } from '../../platform/modelOf.ts';
import type { Projection, ProjectionDocument } from '../timeline/types.ts';

/** When cities remind; a city that has decided nothing has no document. */
export const reminderRulesProjection: Projection<ReminderRulesOfCity> = {
	name: 'reminder_rules',
	subjectKind: 'city',
	by: 'subject',
	apply: (state, { type, data }) =>
		type === 'city.reminderRules'
			? { version: (state?.version ?? 0) + 1, rules: reminderEvents[type].parse(data) }
			: state,
};

/** That somebody was reminded of the check of a window on a day (L5). */
export interface Reminded {
	windowId: string;
	counterId: string;
	cityCode: CityCode;
	date: string;
	opensAt: string;
	/** When each was told. */
	told: Partial<Record<ReminderStage, string>>;
}

export const remindersProjection: Projection<Reminded> = {
	name: 'check_reminders',
	subjectKind: 'check',
	by: 'subject',
	apply(state, { type, data, at }) {
		if (type !== 'check.reminded') return state;
		const { stage, ...place } = reminderEvents[type].parse(data);
		const told = state?.told ?? {};
		return { ...place, told: { ...told, [stage]: told[stage] ?? at.toISOString() } };
	},
};

export type RemindedDocument = ProjectionDocument<Reminded>;
/** Written by the timeline only. */
const schema = new Schema<RemindedDocument>(
	{
		_id: { type: String, required: true },
		subject: String,
		seq: Number,
		windowId: String,
		counterId: String,
		cityCode: String,
		date: String,
		opensAt: String,
		told: Schema.Types.Mixed,
	},
	{ collection: remindersProjection.name, versionKey: false, id: false },
);
schema.index({ date: 1 });

export const remindedModel = (connection: Connection): Model<RemindedDocument> =>
	modelOf<RemindedDocument>(connection, 'CheckReminder', schema);
