import { randomUUID } from 'node:crypto';
import { loadConfig } from '@counter-hub/hub-server/config.ts';
import { signAccessToken } from '@counter-hub/hub-server/features/auth/accessToken.ts';
import { signInModel, type SignInRecord } from '@counter-hub/hub-server/features/auth/SignIn.model.ts';
import { ANNEX_A } from '@counter-hub/hub-server/features/catalogue/annexA.ts';
import { catalogue } from '@counter-hub/hub-server/features/catalogue/Catalogue.ts';
import {
	staffModel,
	staffSearch,
	type StaffRecord,
} from '@counter-hub/hub-server/features/people/Staff.model.ts';
import { HubServer } from '@counter-hub/hub-server/HubServer.ts';
import { plantCounters, seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { caseDetail } from '@counter-hub/shared/cases/cases.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { qualify } from '../../platform/qualify.ts';
import { TestClient } from '../../platform/TestClient.ts';

const ORIGIN: CityCode = '310117';
const PERMIT: CityCode = '330100';
const HOUR_MS = 3_600_000;

export interface Planted {
	/** An access token per sign-in; each sign-in is one browser tab. */
	tokens: string[];
	/** Cases that everybody here may read. */
	caseIds: string[];
}

/**
 * Fills an empty database with clerks of 松江 and approvers of 杭州 who may open shifts, their sign-ins, and cases between
 * both counters. Passwords are never asked for: that takes a quarter of a second each.
 */
export async function plantPeople(
	env: Record<string, string>,
	people: number,
	signIns: number,
	cases: number,
): Promise<Planted> {
	const hub = await HubServer.create(loadConfig(env));
	try {
		const { connection } = hub.context;
		await Promise.all([plantCounters(connection), catalogue(hub.context).put(ANNEX_A)]);
		const staff = Array.from({ length: people }, (_, index) => person(index));
		await staffModel(connection).insertMany(staff);
		await Promise.all(staff.map(({ _id }) => qualify(hub.context, _id)));
		const tabs = Array.from({ length: signIns }, (_, index) => signIn(staff[index % people]?._id ?? ''));
		await signInModel(connection).insertMany(tabs);
		const tokens = tabs.map(
			({ _id, staffId }) =>
				signAccessToken(env.ACCESS_TOKEN_SECRET ?? '', { staffId, signInId: _id, generation: 0 }, Date.now())
					.token,
		);
		const clerk = new TestClient(hub.url);
		clerk.token = tokens[0] ?? '';
		const caseIds: string[] = [];
		while (caseIds.length < cases) {
			const opened = await clerk.post('/cases', {
				commandId: randomUUID(),
				enterprise: { name: '上海云栈信息技术有限公司', uscc: '91310117MA0000007E' },
				person: { name: '张三', citizenId: '11010519491231002X', phone: '13800138000' },
				itemNo: 1,
				permitCounterId: seededCounterId(PERMIT),
			});
			caseIds.push(caseDetail.parse(opened).id);
		}
		return { tokens, caseIds };
	} finally {
		await hub.close('planted');
	}
}

function person(index: number): StaffRecord {
	const city = index % 2 ? PERMIT : ORIGIN;
	// Long ago: hubs look through recent changes again and again.
	const then = new Date(Date.now() - HOUR_MS);
	const names = { name: `bench-${String(index).padStart(4, '0')}`, displayName: `工作人员${index}` };
	return {
		_id: randomUUID(),
		...names,
		search: staffSearch(names),
		role: index % 2 ? 'approver' : 'clerk',
		cities: [city],
		counterId: seededCounterId(city),
		passwordHash: '-',
		mustChangePassword: false,
		disabled: false,
		lastSignInAt: null,
		demo: false,
		version: 1,
		createdAt: then,
		changedAt: then,
		pendingActs: [],
	};
}

function signIn(staffId: string): SignInRecord {
	const now = new Date();
	return {
		_id: randomUUID(),
		staffId,
		createdAt: now,
		lastUsedAt: now,
		expiresAt: new Date(now.getTime() + HOUR_MS),
		address: '127.0.0.1',
		userAgent: 'bench',
		windowId: null,
		tokenHash: '-',
		previousHash: null,
		successorNonce: null,
		generation: 0,
		usedGeneration: 0,
		revokedAt: null,
		revokedBecause: null,
	};
}
