import { randomUUID } from 'node:crypto';
import { caseDetail, casePage, type CaseDetail, type CasePage } from '@counter-hub/shared/cases/cases.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import type { TestClient } from '../platform/TestClient.ts';

/** The applicant of the tests: none of this may ever stand outside the protected store. */
export const PERSON = { name: '何清扬', citizenId: '310117190001010012', phone: '13800001234' };
export const ENTERPRISE = { name: '杭州澄砚精密仪器有限公司', uscc: '91330100MA0000023P' };

export const openBody = (more: object = {}) => ({
	commandId: randomUUID(),
	enterprise: ENTERPRISE,
	person: PERSON,
	itemNo: 5,
	permitCounterId: seededCounterId('330100'),
	...more,
});

/** A case of 松江 for 杭州, or for another city. */
export async function openCase(
	clerk: TestClient,
	more: object = {},
	permit: CityCode = '330100',
): Promise<CaseDetail> {
	return caseDetail.parse(
		await clerk.post('/cases', openBody({ permitCounterId: seededCounterId(permit), ...more })),
	);
}

/** Something that stands on the case's timeline as one event, with `text` in it (four characters at least). */
export const writeOn = (client: TestClient, caseId: string, text: string): Promise<unknown> =>
	client.post(`/cases/${caseId}/unmask`, { commandId: randomUUID(), reason: text });

export async function listCases(client: TestClient, query = ''): Promise<CasePage> {
	return casePage.parse(await client.get(`/cases?${query}`));
}
