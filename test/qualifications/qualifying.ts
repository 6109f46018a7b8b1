import { randomUUID } from 'node:crypto';
import {
	qualificationsOfStaff,
	type QualificationsOfStaff,
} from '@counter-hub/shared/qualifications/qualifications.ts';
import type { TestClient } from '../platform/TestClient.ts';

/** What is recorded in the tests, where nothing else is said: an exam without end. */
export const recordBody = (more: object = {}) => ({
	commandId: randomUUID(),
	kind: 'exam',
	title: '2026 年专窗业务考核',
	passedOn: '2026-01-12',
	validUntil: null,
	result: '92 分',
	proof: null,
	...more,
});

export const pathOf = (staffId: string): string => `/staff/${staffId}/qualifications`;

export async function record(
	client: TestClient,
	staffId: string,
	more: object = {},
): Promise<QualificationsOfStaff> {
	return qualificationsOfStaff.parse(await client.post(pathOf(staffId), recordBody(more)));
}

export async function qualificationsOf(client: TestClient, staffId: string): Promise<QualificationsOfStaff> {
	return qualificationsOfStaff.parse(await client.get(pathOf(staffId)));
}
