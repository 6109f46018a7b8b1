import { expect, test } from 'vitest';
import { nodeRegistry } from '@counter-hub/hub-server/features/media-nodes/NodeRegistry.ts';
import { linkMatrix } from '@counter-hub/shared/links/matrix.ts';
import { eventually } from '../platform/eventually.ts';
import { nodeOf } from '../platform/nodeOf.ts';
import { HANGZHOU, SONGJIANG } from '../sessions/newCounters.ts';
import { GOOD } from './goodLink.ts';
import { comesAndIsSilent, LinkWindow, tells } from './LinkWindow.ts';
import { newOpenHub } from './newOpenHub.ts';

const IN_TIME = { timeout: 20_000 };

test('X6 B-10 an exchange whose node is gone is broken off, and begun anew where another one is', async () => {
	const hub = await newOpenHub();
	const nodes = new Map<string, Awaited<ReturnType<typeof nodeOf>>>();
	for (const id of ['songjiang-1', 'songjiang-2']) nodes.set(id, await nodeOf(hub, id, SONGJIANG));
	nodes.set('hangzhou', await nodeOf(hub, 'hangzhou', HANGZHOU));
	await eventually(() => {
		expect(nodeRegistry(hub.context).alive(Date.now())).toHaveLength(nodes.size);
	});
	const windows = [
		await LinkWindow.open(hub, SONGJIANG, comesAndIsSilent),
		await LinkWindow.open(hub, HANGZHOU, comesAndIsSilent),
	];
	await expect.poll(() => windows.map(({ tasks }) => tasks.length), IN_TIME).toEqual([1, 1]);
	const [first] = windows[0]?.tasks ?? [];
	for (const window of windows) window.behaviour = tells(GOOD);
	await nodes.get(first?.admission.home ?? '')?.close();
	for (const { ended } of windows) await expect.poll(() => ended, IN_TIME).toContain(first?.exchangeId);
	await expect.poll(() => windows.map(({ tasks }) => tasks.length), IN_TIME).toEqual([2, 2]);
	const left = [...nodes.keys()].filter((id) => id.startsWith('songjiang') && id !== first?.admission.home);
	expect(windows.map(({ tasks }) => tasks[1]?.admission.home)).toEqual([left[0], left[0]]);
	await expect
		.poll(async () => {
			const { cells } = linkMatrix.parse(await windows[0]?.client.get('/links/matrix'));
			return cells.find(({ from, to }) => from === SONGJIANG && to === HANGZHOU)?.verdict;
		}, IN_TIME)
		.toBe('pass');
}, 120_000);
