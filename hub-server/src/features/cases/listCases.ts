import { trusted, type QueryFilter } from 'mongoose';
import type { z } from 'zod';
import type { CasePage, caseQuery, CaseState } from '@counter-hub/shared/cases/cases.ts';
import { CITIES } from '@counter-hub/shared/cities/cities.ts';
import { citizenId, phone } from '@counter-hub/shared/codes/fields.ts';
import { codeForm } from '@counter-hub/shared/codes/normalForm.ts';
import { searchForm } from '@counter-hub/shared/codes/plainText.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { Actor } from '@counter-hub/shared/people/Actor.ts';
import type { HubContext } from '../../HubContext.ts';
import { escapeRegex } from '../../platform/escapeRegex.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { catalogue } from '../catalogue/Catalogue.ts';
import { personStore } from '../persons/PersonStore.ts';
import { caseModel, type CaseDocument } from './Case.model.ts';
import { presentCases } from './presentCase.ts';

type Query = z.output<typeof caseQuery>;

/** Cases that the person may read, the latest opened first; the cursor is the id of the last one seen. */
export async function listCases(hub: HubContext, { actor }: Principal, query: Query): Promise<CasePage> {
	assertMay(may.listCases(actor));
	const filter: QueryFilter<CaseDocument>[] = [readableBy(actor)];
	if (query.scope === 'mine') filter.push({ staff: actor.staffId });
	if (query.state !== undefined) filter.push(shownAs(query.state));
	if (query.itemNo !== undefined) filter.push({ itemNo: query.itemNo });
	if (query.city !== undefined) filter.push({ cities: query.city });
	if (query.cursor !== undefined) filter.push({ _id: trusted({ $lt: query.cursor }) });
	if (query.text && searchForm(query.text) !== '') filter.push({ $or: await matching(hub, query.text) });
	const found = await caseModel(hub.connection)
		.find({ $and: filter })
		.sort({ _id: -1 })
		.limit(query.limit + 1)
		.lean();
	const page = found.slice(0, query.limit);
	return {
		cases: await presentCases(
			hub,
			page.map(({ _id, ...fold }) => ({ ...fold, id: _id })),
		),
		nextCursor: found.length > query.limit ? (page.at(-1)?._id ?? null) : null,
	};
}

/** `shownState` as a filter. */
function shownAs(state: CaseState): QueryFilter<CaseDocument> {
	if (state === 'inSession') return { 'sessions.state': 'active' };
	return { state, 'sessions.state': trusted({ $ne: 'active' }) };
}

/** The policy `may.readCase` as a filter: one's own counter's cases, or those of the cities one supervises. */
function readableBy(actor: Actor): QueryFilter<CaseDocument> {
	if (actor.role !== 'supervisor') return { counters: actor.counterId ?? '' };
	// All cities are no restriction; without one the list is read along the order of opening itself.
	return CITIES.every(({ code }) => actor.cities.includes(code))
		? {}
		: { cities: trusted({ $in: [...actor.cities] }) };
}

/** Case number, enterprise, USCC or item; and the applicant's ID number or telephone number if given completely. */
async function matching(hub: HubContext, text: string): Promise<QueryFilter<CaseDocument>[]> {
	const form = searchForm(text);
	const code = codeForm(text);
	const either: QueryFilter<CaseDocument>[] = [
		{ caseNo: trusted({ $regex: escapeRegex(form.toUpperCase()) }) },
		{ enterpriseSearch: trusted({ $regex: escapeRegex(form) }) },
	];
	if (/^[0-9A-Z]+$/.test(code)) either.push({ uscc: trusted({ $regex: code }) });
	const items = (await catalogue(hub).all()).filter(({ name, nameEn }) =>
		searchForm(`${name}\n${nameEn}`).includes(form),
	);
	if (items.length > 0) either.push({ itemNo: trusted({ $in: items.map(({ no }) => no) }) });
	const [id, number] = [citizenId.safeParse(text), phone.safeParse(text)];
	const persons = id.success
		? await personStore(hub).find({ citizenId: id.data })
		: number.success
			? await personStore(hub).find({ phone: number.data })
			: [];
	if (persons.length > 0) either.push({ personId: trusted({ $in: persons }) });
	return either;
}
