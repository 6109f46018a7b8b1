import type { CaseSummary } from '@counter-hub/shared/cases/cases.ts';
import type { CaseSides } from '@counter-hub/shared/cases/policy.ts';

/** Between which counters a case is, as policies ask (`may.unmask(actor, sidesOf(detail))`). */
export const sidesOf = ({ origin, permit }: Pick<CaseSummary, 'origin' | 'permit'>): CaseSides => ({
	originCity: origin.cityCode,
	originCounterId: origin.counterId,
	permitCity: permit.cityCode,
	permitCounterId: permit.counterId,
});
