import { Schema, type Connection, type Model } from 'mongoose';
import { isChecked, type WindowCheck } from '@counter-hub/shared/checks/checks.ts';
import { checkEvents } from '@counter-hub/shared/checks/events.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { HubContext } from '../../HubContext.ts';
import { modelOf } from '../../platform/modelOf.ts';
import { timeline } from '../timeline/timeline.ts';
import type { Projection, ProjectionDocument } from '../timeline/types.ts';

export const checkKey = (windowId: string, date: string): string => `${windowId}~${date}`;

/** The check of each window on each day (S5.2b, L1). */
export const windowChecks: Projection<WindowCheck> = {
	name: 'window_checks',
	subjectKind: 'check',
	by: 'subject',
	apply(state, { type, data, at, actor }) {
		if (type !== 'check.item' || actor.kind !== 'staff') return state;
		const { found, verdict, ...place } = checkEvents[type].parse(data);
		const time = at.toISOString();
		const items = {
			...state?.items,
			[found.item]: { at: time, by: actor.staffId, verdict, found },
		};
		return {
			...place,
			startedAt: state?.startedAt ?? time,
			checkedAt: isChecked(items) ? (state?.checkedAt ?? time) : null,
			items,
			version: (state?.version ?? 0) + 1,
		};
	},
};

/** Whether nothing that is needed is missing at a window today, with everything acknowledged so far (L1). */
export async function isWindowChecked(hub: HubContext, windowId: string): Promise<boolean> {
	const check = await timeline(hub).state(windowChecks, checkKey(windowId, shanghaiDate(hub.now())));
	return check !== undefined && isChecked(check.items);
}

export type WindowCheckDocument = ProjectionDocument<WindowCheck>;
const { Mixed } = Schema.Types;
/** Written by the timeline only. */
const schema = new Schema<WindowCheckDocument>(
	{
		_id: { type: String, required: true },
		subject: String,
		seq: Number,
		windowId: String,
		counterId: String,
		cityCode: String,
		date: String,
		startedAt: String,
		checkedAt: Mixed,
		items: Mixed,
		version: Number,
	},
	{ collection: windowChecks.name, versionKey: false, id: false },
);
schema.index({ date: 1 });

export const windowCheckModel = (connection: Connection): Model<WindowCheckDocument> =>
	modelOf<WindowCheckDocument>(connection, 'WindowCheck', schema);
