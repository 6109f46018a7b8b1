import { trusted } from 'mongoose';
import { expect, test } from 'vitest';
import { caseModel } from '@counter-hub/hub-server/features/cases/Case.model.ts';
import { newHub } from '../platform/newHub.ts';

/** Names of the stages of a plan, from the top down. */
function stagesOf(plan: unknown): string[] {
	if (typeof plan !== 'object' || plan === null) return [];
	const { stage, ...rest } = plan as { stage?: string };
	return [...(stage ? [stage] : []), ...Object.values(rest).flatMap(stagesOf)];
}

test('every list of cases is read along an index: nothing is sorted in memory, no collection is scanned', async () => {
	const hub = await newHub();
	const cases = caseModel(hub.context.connection);
	const text = trusted({ $regex: '澄' });
	const lists = {
		'of a counter': { counters: 'c' },
		'of a counter, with text': {
			counters: 'c',
			$or: [{ enterpriseName: text }, { caseNo: text }, { uscc: text }],
		},
		'of a counter, in a state': { counters: 'c', state: 'open' },
		mine: { counters: 'c', staff: 's' },
		'of some cities': { cities: trusted({ $in: ['310117', '330100'] }) },
		'of some cities, in a state': { cities: trusted({ $in: ['310117', '330100'] }), state: 'open' },
		'of all cities': {},
	};
	for (const [title, filter] of Object.entries(lists)) {
		for (const after of [{}, { _id: trusted({ $lt: 'f' }) }]) {
			const explained: unknown = await cases
				.find({ $and: [filter, after] })
				.sort({ _id: -1 })
				.limit(51)
				.explain('queryPlanner');
			const { queryPlanner } = explained as { queryPlanner: { winningPlan: unknown } };
			const stages = stagesOf(queryPlanner.winningPlan);
			expect(stages, title).toContain('IXSCAN');
			expect(stages, title).not.toContain('SORT');
			expect(stages, title).not.toContain('COLLSCAN');
		}
	}
});
