import { randomUUID } from 'node:crypto';
import { CITIES } from '@counter-hub/shared/cities/cities.ts';
import {
	signaturesOfStaff,
	undertakings,
	type SignaturesOfStaff,
	type Undertakings,
} from '@counter-hub/shared/undertakings/undertakings.ts';
import type { TestHub } from '../platform/newHub.ts';
import type { TestClient } from '../platform/TestClient.ts';

/** Whoever administers all cities, and so may publish. */
export const publisherOf = (hub: TestHub): Promise<TestClient> =>
	hub.signIn('administrator', '310117', { displayName: '高翔', cities: CITIES.map(({ code }) => code) });

export const publishBody = (version: number, more: object = {}) => ({
	commandId: randomUUID(),
	version,
	title: '专窗工作人员保密承诺书',
	body: `本人郑重承诺：\n一、不泄露工作中涉及的商业秘密、技术秘密和个人隐私。\n二、第 ${version} 版。`,
	...more,
});

export async function publish(client: TestClient, version: number): Promise<Undertakings> {
	return undertakings.parse(await client.post('/undertakings', publishBody(version)));
}

export const signBody = (name: string) => ({ commandId: randomUUID(), name });

export async function sign(client: TestClient, version: number): Promise<SignaturesOfStaff> {
	const { staff } = await client.me();
	return signaturesOfStaff.parse(
		await client.post(`/undertakings/${version}/signature`, signBody(staff.displayName)),
	);
}
