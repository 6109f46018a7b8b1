import { LRUCache } from 'lru-cache';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { catalogue } from '../catalogue/Catalogue.ts';
import { timeline } from '../timeline/timeline.ts';
import { caseProjection } from './caseProjection.ts';

/** What never changes about a case once it is opened: what policies, sessions and views need of it. */
export interface CaseRef {
	caseId: string;
	caseNo: string;
	itemNo: number;
	itemName: string;
	itemNameEn: string;
	enterpriseName: string;
	originCity: CityCode;
	originCounterId: string;
	permitCity: CityCode;
	permitCounterId: string;
}

const HELD_MAX = 5_000;
const held = perHub(() => new LRUCache<string, CaseRef>({ max: HELD_MAX }));

/** @throws AppError `unknownCase` */
export async function getCaseRef(hub: HubContext, caseId: string): Promise<CaseRef> {
	const known = held(hub).get(caseId);
	if (known) return known;
	const fold = await timeline(hub).state(caseProjection, caseId);
	if (!fold) throw new AppError('unknownCase');
	const item = await catalogue(hub).require(fold.itemNo);
	const ref: CaseRef = {
		caseId,
		caseNo: fold.caseNo,
		itemNo: fold.itemNo,
		itemName: item.name,
		itemNameEn: item.nameEn,
		enterpriseName: fold.enterpriseName,
		originCity: fold.originCity,
		originCounterId: fold.originCounterId,
		permitCity: fold.permitCity,
		permitCounterId: fold.permitCounterId,
	};
	held(hub).set(caseId, ref);
	return ref;
}
