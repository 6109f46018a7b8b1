import { trusted, type Model } from 'mongoose';
import type { HubContext } from '../../HubContext.ts';
import { counterModel } from '../counters/Counter.model.ts';
import { timeline } from '../timeline/timeline.ts';
import type { PendingAct } from './registerActs.ts';
import { staffModel } from './Staff.model.ts';

interface RecordWithActs {
	_id: string;
	pendingActs: PendingAct[];
}
/** How often acts are looked for that a dying hub left behind. */
export const LEFT_ACTS_SWEEP_MS = 30_000;

const MODELS: Record<'staff' | 'counter', (hub: HubContext) => Model<RecordWithActs>> = {
	staff: (hub) => staffModel(hub.connection) as unknown as Model<RecordWithActs>,
	counter: (hub) => counterModel(hub.connection) as unknown as Model<RecordWithActs>,
};

/** Puts the waiting acts of changed records on their timelines `staff:<id>` or `counter:<id>`. Harmless to repeat. */
export async function settleActs(
	hub: HubContext,
	kind: keyof typeof MODELS,
	records: readonly RecordWithActs[],
): Promise<void> {
	for (const { _id, pendingActs } of records) {
		for (const { commandId, ...draft } of pendingActs) {
			await timeline(hub).append({ subject: `${kind}:${_id}`, commandId, decide: () => [draft] });
			await MODELS[kind](hub).updateOne({ _id }, { $pull: { pendingActs: { commandId } } });
		}
	}
}

/** Settles what a hub left behind when it died between the change and its event. */
export async function settleLeftActs(hub: HubContext, kind: keyof typeof MODELS): Promise<void> {
	const records = await MODELS[kind](hub)
		.find({ 'pendingActs.commandId': trusted({ $exists: true }) }, { pendingActs: 1 })
		.limit(100)
		.lean();
	for (const record of records) {
		try {
			await settleActs(hub, kind, [record]);
		} catch (error) {
			// One that cannot be settled must not keep the others waiting.
			hub.logger.error({ err: error, kind, id: record._id }, 'an act is not on its timeline; tried again');
		}
	}
}
