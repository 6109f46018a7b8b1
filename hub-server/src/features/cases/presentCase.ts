import type { CaseDetail, CaseSummary } from '@counter-hub/shared/cases/cases.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { HubContext } from '../../HubContext.ts';
import { catalogue } from '../catalogue/Catalogue.ts';
import { places } from '../counters/Places.ts';
import { staffNames } from '../people/StaffNames.ts';
import { personStore } from '../persons/PersonStore.ts';
import { shownState, type CaseFold } from './caseProjection.ts';
import type { CurrentCase } from './getCase.ts';

/** Cases as lists show them. */
export async function presentCases(
	hub: HubContext,
	cases: readonly (CaseFold & { id: string })[],
): Promise<CaseSummary[]> {
	const [items, counters] = await Promise.all([catalogue(hub).all(), places(hub).all()]);
	const itemOf = new Map(items.map((item) => [item.no, item]));
	const nameOf = new Map(counters.map(({ id, name }) => [id, name]));
	const place = (cityCode: CityCode, counterId: string) => ({
		cityCode,
		counterId,
		counterName: nameOf.get(counterId) ?? '',
	});
	return cases.map((one) => ({
		id: one.id,
		caseNo: one.caseNo,
		itemNo: one.itemNo,
		itemName: itemOf.get(one.itemNo)?.name ?? '',
		itemNameEn: itemOf.get(one.itemNo)?.nameEn ?? '',
		enterpriseName: one.enterpriseName,
		origin: place(one.originCity, one.originCounterId),
		permit: place(one.permitCity, one.permitCounterId),
		state: shownState(one),
		openedAt: one.openedAt.toISOString(),
		updatedAt: one.updatedAt.toISOString(),
		demo: one.demo,
	}));
}

/** A case with its applicant (masked), list of materials and calls. */
export async function presentCase(hub: HubContext, found: CurrentCase): Promise<CaseDetail> {
	const [summaries, person, item, names] = await Promise.all([
		presentCases(hub, [found]),
		personStore(hub).masked(found.personId),
		catalogue(hub).require(found.itemNo),
		staffNames(hub).of([found.openedBy]),
	]);
	const [summary] = summaries;
	if (!summary) throw new RangeError('one case in, one case out');
	return {
		...summary,
		uscc: found.uscc,
		usccWarning: found.usccWarning,
		person,
		materials: item.materials,
		openedBy: { staffId: found.openedBy, displayName: names.get(found.openedBy) ?? '' },
		head: found.seq,
		sessions: found.sessions.map((session) => ({
			...session,
			requestedAt: session.requestedAt.toISOString(),
			answeredAt: session.answeredAt?.toISOString() ?? null,
			endedAt: session.endedAt?.toISOString() ?? null,
		})),
	};
}
