/**
 * `hubs`: how much later a page at another hub learns of what happened than one at the hub that was asked, in the same
 * run: an event on a watched case, and the ring of a call. Two hubs, one database, one media node.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LIMITS } from '@counter-hub/shared/limits/limits.ts';
import { openShift } from '../platform/openShift.ts';
import { ask, TestClient, type TestSocket } from '../platform/TestClient.ts';
import { print, progress, quantile, rounded, spread } from './lib.ts';
import { plantPeople } from './support/plantPeople.ts';
import { productEnv, startDatabase, startHub, startMediaNode } from './support/servers.ts';

const NOTES = 200;
const RINGS = 40;
const PAUSE_MS = 20;
const LATEST_MS = 5_000;

const database = await startDatabase();
const { hub: env, node } = productEnv(database.url);
const { tokens, caseIds } = await plantPeople(env, 2, 4, 1);
const [caseId = ''] = caseIds;
const hubs = [await startHub(env), await startHub(env)];
const urls = hubs.map(({ ready }) => String(ready.url));
const media = await startMediaNode(node, urls.join(','));

const pageOf = async (token: string, url: string): Promise<TestSocket> => {
	const socket = await new TestClient(url).socket({ token, pageId: randomUUID() });
	const present = () => ask(socket, 'presence:renew', { windowId: null });
	await present();
	const person = new TestClient(url);
	person.token = token;
	await openShift(person);
	setInterval(() => void present().catch(() => undefined), LIMITS.presenceRenewMs).unref();
	return socket;
};
const [here = '', there = ''] = urls;
const clerk = new TestClient(here);
clerk.token = tokens[0] ?? '';
const caller = await pageOf(clerk.token, here);
const pages = [await pageOf(tokens[1] ?? '', here), await pageOf(tokens[3] ?? '', there)];

/** When a page hears of it, ms since `from`. */
function heard(
	page: TestSocket,
	notice: 'timeline:events' | 'session:ringing',
	from: number,
): Promise<number> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`${notice} did not come`)), LATEST_MS);
		page.once(notice, () => {
			clearTimeout(timer);
			resolve(performance.now() - from);
		});
	});
}

interface Delays {
	here: number[];
	there: number[];
}
async function measure(
	times: number,
	notice: Parameters<typeof heard>[1],
	act: () => Promise<() => Promise<unknown>>,
) {
	const delays: Delays = { here: [], there: [] };
	for (let i = 0; i < times; i++) {
		const from = performance.now();
		const both = Promise.all(pages.map((page) => heard(page, notice, from)));
		const undo = await act();
		const [near = 0, far = 0] = await both;
		delays.here.push(near);
		delays.there.push(far);
		await undo();
		await sleep(PAUSE_MS);
	}
	return delays;
}

for (const page of pages) await ask(page, 'case:watch', { caseId, head: 1 });
progress(`${NOTES} events`);
const events = await measure(NOTES, 'timeline:events', async () => {
	await clerk.post(`/cases/${caseId}/notes`, { commandId: randomUUID(), text: '材料已核对' });
	return () => Promise.resolve();
});
for (const page of pages) await ask(page, 'case:unwatch', { caseId });
progress(`${RINGS} rings`);
const rings = await measure(RINGS, 'session:ringing', async () => {
	const { session } = await ask(caller, 'session:request', {
		commandId: randomUUID(),
		caseId,
		purpose: 'guidance',
		note: '',
		callsBack: null,
	});
	return () => ask(caller, 'session:cancel', { commandId: randomUUID(), sessionId: session.id });
});

const p95 = (samples: readonly number[]) => quantile(samples, 0.95);
const ratio = ({ here: near, there: far }: Delays) => rounded(p95(far) / p95(near));
const later = ({ here: near, there: far }: Delays) => rounded(p95(far) - p95(near));
const row = (name: string, delays: Delays) => [
	name,
	spread(delays.here, 1),
	p95(delays.here).toFixed(1),
	spread(delays.there, 1),
	p95(delays.there).toFixed(1),
];
print({
	bench: 'hubs',
	ratios: {
		acrossP95ratio: ratio(events),
		acrossP95laterMs: later(events),
		ringP95ratio: ratio(rings),
		ringP95laterMs: later(rings),
	},
	aims: { acrossP95ratio: '≤ 2 or + 5 ms', ringP95ratio: '≤ 2 or + 5 ms' },
	samples: { events, rings },
	tables: [
		{
			title: 'From the request to the page, ms; median [lowest … highest]',
			columns: ['what', 'at the hub asked', 'p95', 'at the other hub', 'p95'],
			rows: [row('event', events), row('ring', rings)],
		},
	],
});
for (const page of [caller, ...pages]) page.close();
await media.stop();
await Promise.all(hubs.map((hub) => hub.stop()));
await database.stop();
process.exit(0);
