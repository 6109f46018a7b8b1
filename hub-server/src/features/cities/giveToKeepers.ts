import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { HubContext } from '../../HubContext.ts';
import { liveSockets } from '../auth/LiveSockets.ts';
import { actBy } from '../people/registerActs.ts';
import { settleActs } from '../people/settleActs.ts';
import { staffModel } from '../people/Staff.model.ts';
import { timeline } from '../timeline/timeline.ts';

/**
 * Puts a new city into the posts of its keepers, each once: who has been relieved of it since does not get it again.
 * Harmless to repeat, and from several hubs at once.
 */
export async function giveToKeepers(
	hub: HubContext,
	code: CityCode,
	keepers: readonly string[],
): Promise<void> {
	const commandId = `city-${code}`;
	const acts = keepers.map((id) => ({ subject: `staff:${id}`, commandId }));
	const done = acts.length === 0 ? new Set() : await timeline(hub).store.ofCommands(acts);
	const open = keepers.filter((id) => !done.has(`staff:${id} ${commandId}`));
	await Promise.all(open.map((id) => give(hub, code, id, commandId)));
}

async function give(hub: HubContext, code: CityCode, staffId: string, commandId: string): Promise<void> {
	const staff = staffModel(hub.connection);
	for (;;) {
		const before = await staff.findById(staffId).lean();
		if (!before || before.counterId !== null || before.cities.includes(code)) return;
		const { role, counterId, disabled } = before;
		const cities = [...before.cities, code].sort();
		const act = actBy(
			{ kind: 'system', by: 'hub' },
			'staff.changed',
			{ changed: ['post'], role, cities, counterId, disabled },
			commandId,
		);
		const record = await staff
			.findOneAndUpdate(
				{ _id: staffId, version: before.version },
				{
					$set: { cities, changedAt: new Date(hub.now()) },
					$inc: { version: 1 },
					$push: { pendingActs: act },
				},
				{ returnDocument: 'after' },
			)
			.lean();
		if (!record) continue;
		await liveSockets(hub).renewRights([staffId]);
		await settleActs(hub, 'staff', [record]);
		return;
	}
}
