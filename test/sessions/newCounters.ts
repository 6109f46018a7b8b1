import { createPublicKey, randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { caseDetail } from '@counter-hub/shared/cases/cases.ts';
import { nodeRegistry } from '@counter-hub/hub-server/features/media-nodes/NodeRegistry.ts';
import { loadConfig } from '@counter-hub/media-server/config.ts';
import { MediaNode } from '@counter-hub/media-server/MediaNode.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { timelinePage, type EventView } from '@counter-hub/shared/timeline/eventView.ts';
import type { HubToClient } from '@counter-hub/shared/realtime/hubEvents.ts';
import type { NewHubOptions, TestHub } from '../platform/newHub.ts';
import { eventually } from '../platform/eventually.ts';
import { newHub } from '../platform/newHub.ts';
import { ask, type TestClient, type TestSocket } from '../platform/TestClient.ts';

export const SONGJIANG: CityCode = '310117';
export const HANGZHOU: CityCode = '330100';

/** Ends what hangs, however busy the machine is. */
const NOTICE_LIMIT_MS = 30_000;

/** A page of somebody: the client with its connected socket. */
export interface Page {
	client: TestClient;
	socket: TestSocket;
	staffId: string;
	/** Every call that has rung here, from the beginning. */
	rings: Ring[];
}
type Ring = Parameters<HubToClient['session:ringing']>[0];

/** A real hub with a real media node, a clerk in 松江 and an approver in 杭州 at their desks. */
export async function newCounters(options: NewHubOptions = {}) {
	const hub = await newHub(options);
	const node = await attachNode(hub);
	const clerk = await newPage(hub, 'clerk', SONGJIANG);
	const approver = await newPage(hub, 'approver', HANGZHOU);
	return { hub, node, clerk, approver };
}

/** A real media node of a hub, registered. */
export async function attachNode(hub: TestHub, nodeId = 'media-1', ...others: TestHub[]): Promise<MediaNode> {
	const node = await MediaNode.create(
		loadConfig({
			NODE_ID: nodeId,
			HUB_URLS: [hub, ...others].map(({ url }) => url).join(','),
			NODE_CREDENTIAL: hub.env['NODE_CREDENTIAL'],
			MEDIA_GRANT_PUBLIC_KEY: createPublicKey(hub.env['MEDIA_GRANT_PRIVATE_KEY'] ?? '')
				.export({ type: 'spki', format: 'pem' })
				.toString(),
			WORKERS: '1',
			LOG_LEVEL: 'fatal',
			MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'],
		}),
	);
	onTestFinished(() => node.close('test finished'));
	await eventually(() => {
		for (const { context } of [hub, ...others])
			if (!nodeRegistry(context).find(nodeId, Date.now())) throw new Error('the node has not registered');
	});
	return node;
}

/** Somebody new whose shift is open, at the desk. */
export async function newPage(hub: TestHub, role: 'clerk' | 'approver', city: CityCode): Promise<Page> {
	return openPage(await hub.signIn(role, city, { onShift: true }));
}

/** A page of somebody who is signed in; `pageId` for a second page of the same person. */
export async function openPage(client: TestClient, pageId?: string): Promise<Page> {
	const socket = await client.socket(pageId === undefined ? {} : { pageId });
	onTestFinished(() => {
		socket.close();
	});
	const rings: Ring[] = [];
	// Whoever is present may be rung before anything else is answered here.
	socket.on('session:ringing', (ring) => rings.push(ring));
	await ask(socket, 'presence:renew', { windowId: null });
	return { client, socket, rings, staffId: (await client.me()).staff.id };
}

export async function openCase(clerk: TestClient, permitCity: CityCode = HANGZHOU): Promise<string> {
	const opened = await clerk.post('/cases', {
		commandId: randomUUID(),
		enterprise: { name: '杭州澄砚精密仪器有限公司', uscc: '91330100MA0000023P' },
		person: { name: '何清', citizenId: '310117190001010012', phone: '13800000000' },
		itemNo: 5,
		permitCounterId: seededCounterId(permitCity),
	});
	return caseDetail.parse(opened).id;
}

export async function eventsOf(client: TestClient, caseId: string): Promise<EventView[]> {
	return timelinePage.parse(await client.get(`/cases/${caseId}/timeline?limit=200`)).events;
}

/** The first call that rang at a page, or the first to ring. */
export function firstRing({ rings }: Page): Promise<Ring> {
	return eventually(() => {
		const [ring] = rings;
		if (!ring) throw new Error('nothing rings');
		return ring;
	});
}

/** The next notice of a kind that fits. */
export function next<N extends keyof HubToClient>(
	socket: TestSocket,
	notice: N,
	fits: (payload: Parameters<HubToClient[N]>[0]) => boolean = () => true,
): Promise<Parameters<HubToClient[N]>[0]> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => {
			reject(new Error(`no ${notice} that fits has come`));
		}, NOTICE_LIMIT_MS);
		const listener = (payload: Parameters<HubToClient[N]>[0]) => {
			if (!fits(payload)) return;
			clearTimeout(timer);
			socket.off(notice, listener as never);
			resolve(payload);
		};
		socket.on(notice, listener as never);
	});
}

export function request(page: Page, caseId: string, commandId: string = randomUUID()) {
	return ask(page.socket, 'session:request', {
		commandId,
		caseId,
		purpose: 'guidance',
		note: '股东会决议的日期空着',
		callsBack: null,
	});
}

export const answer = (page: Page, sessionId: string) =>
	ask(page.socket, 'session:answer', { commandId: randomUUID(), sessionId });

/** The code that an attempt is refused with. */
export const codeOf = (attempt: Promise<unknown>) =>
	attempt.then(
		() => 'accepted',
		(error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
	);
