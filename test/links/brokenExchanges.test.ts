import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { exchangeModel } from '@counter-hub/hub-server/features/links/Exchange.model.ts';
import { linkEndModel } from '@counter-hub/hub-server/features/links/LinkEnd.model.ts';
import { nodeRegistry } from '@counter-hub/hub-server/features/media-nodes/NodeRegistry.ts';
import { steadyNow } from '@counter-hub/shared/server/RemoteClock.ts';
import { newHub } from '../platform/newHub.ts';
import { ask } from '../platform/TestClient.ts';
import { attachNode, codeOf } from '../sessions/newCounters.ts';
import { GOOD } from './goodLink.ts';
import { comesAndIsSilent, LinkWindow, staysAway, tells } from './LinkWindow.ts';
import { newOpenHub } from './newOpenHub.ts';
import { linkOf, measurements, nodeAt } from './linkState.ts';

const [SONGJIANG, JIAXING, HANGZHOU] = ['310117', '330400', '330100'] as const;
const IN_TIME = { timeout: 30_000 };

test('L3 an answer is worth something only from a page that was in the room', async () => {
	const hub = await newOpenHub();
	await nodeAt(hub, 'any', null);
	await LinkWindow.open(hub, SONGJIANG, async (window, { exchangeId }) => {
		// Tells of pictures without ever coming in.
		await window.report(exchangeId);
	});
	const hangzhou = await LinkWindow.open(hub, HANGZHOU);
	await expect.poll(() => hangzhou.tasks.length, IN_TIME).toBe(1);
	const [task] = hangzhou.tasks;
	if (!task) throw new Error('no task');
	const stranger = await LinkWindow.open(hub, JIAXING, staysAway);
	expect(await codeOf(stranger.report(task.exchangeId))).toBe('LINK-1201');
	expect(await codeOf(stranger.report(randomUUID()))).toBe('LINK-1201');
	// Its time is over, as far as the hub is concerned.
	await expect
		.poll(
			async () => (await exchangeModel(hub.context.connection).findById(task.exchangeId))?.reports,
			IN_TIME,
		)
		.toEqual([GOOD, GOOD]);
	await exchangeModel(hub.context.connection).updateOne(
		{ _id: task.exchangeId },
		{ $set: { until: new Date(0) } },
	);
	await expect
		.poll(() => linkOf(hangzhou.client, HANGZHOU, SONGJIANG), IN_TIME)
		.toEqual({ forth: ['fail', 'absent'], back: ['pass'] });
	expect(await codeOf(hangzhou.report(task.exchangeId))).toBe('accepted');
	expect(await measurements(hub)).toBe(1);
});

test('L3 one that comes in and tells nothing is found at the end of the time', async () => {
	const hub = await newOpenHub();
	await nodeAt(hub, 'any', null);
	const songjiang = await LinkWindow.open(hub, SONGJIANG, comesAndIsSilent);
	await LinkWindow.open(hub, HANGZHOU);
	await expect
		.poll(async () => (await exchangeModel(hub.context.connection).findOne())?.joined.length, IN_TIME)
		.toBe(2);
	expect((await linkOf(songjiang.client, SONGJIANG, HANGZHOU)).forth[0]).toBe('running');
	await exchangeModel(hub.context.connection).updateMany({}, { $set: { until: new Date(0) } });
	await expect
		.poll(() => linkOf(songjiang.client, HANGZHOU, SONGJIANG), IN_TIME)
		.toEqual({ forth: ['fail', 'unreported'], back: ['pass'] });
});

test('L3 a reload or a call in the middle breaks it off: no result, no ghost in the room, and it is made up for', async () => {
	const hub = await newOpenHub();
	await nodeAt(hub, 'any', null);
	const songjiang = await LinkWindow.open(hub, SONGJIANG, comesAndIsSilent);
	const hangzhou = await LinkWindow.open(hub, HANGZHOU, staysAway);
	await expect.poll(() => hangzhou.tasks.length, IN_TIME).toBe(1);
	await ask(hangzhou.socket, 'link:busy', {});
	const [first] = hangzhou.tasks;
	await expect.poll(() => songjiang.ended, IN_TIME).toEqual([first?.exchangeId]);
	expect(await codeOf(hangzhou.report(first?.exchangeId ?? ''))).toBe('LINK-1202');
	expect((await linkOf(songjiang.client, SONGJIANG, HANGZHOU)).forth).toEqual(['waiting']);
	expect(await measurements(hub)).toBe(0);
	const node = nodeRegistry(hub.context).find('any', hub.context.now());
	await expect.poll(() => node?.account.roomIds, IN_TIME).toEqual([]);

	hangzhou.behaviour = songjiang.behaviour = tells(GOOD);
	await hangzhou.ready();
	await expect
		.poll(async () => (await linkOf(songjiang.client, SONGJIANG, HANGZHOU)).forth, IN_TIME)
		.toEqual(['pass']);

	// The page is gone: nothing of it is left that could be measured.
	hangzhou.socket.close();
	await expect.poll(() => linkEndModel(hub.context.connection).countDocuments(), IN_TIME).toBe(1);
});

test.each([0, 4, -4])(
	'L3 H-15 two windows at two hubs, whose own clocks are %i minutes apart, begin at once: one exchange, one result',
	async (minutes) => {
		const hub = await newOpenHub();
		const other = await newHub({ sharing: hub, ownClock: () => steadyNow() + minutes * 60_000 });
		expect(Math.abs(other.context.now() - hub.context.now())).toBeLessThan(2_000);
		await attachNode(hub, 'both', other);
		const [songjiang, hangzhou] = await Promise.all([
			LinkWindow.open(hub, SONGJIANG),
			LinkWindow.of(await other.signIn('clerk', HANGZHOU), HANGZHOU, tells(GOOD)),
		]);
		await expect
			.poll(async () => (await linkOf(hangzhou.client, SONGJIANG, HANGZHOU)).back, IN_TIME)
			.toEqual(['pass']);
		expect([songjiang.tasks.length, hangzhou.tasks.length, await measurements(hub)]).toEqual([1, 1, 1]);
	},
);

test('L3 what one hub left behind between the reports and the result, another one settles, once', async () => {
	const hub = await newOpenHub();
	await nodeAt(hub, 'any', null);
	// Reports that nobody settled: as they lie in the database when a hub was killed right then.
	const songjiang = await LinkWindow.open(hub, SONGJIANG, comesAndIsSilent);
	await LinkWindow.open(hub, HANGZHOU, comesAndIsSilent);
	const exchanges = exchangeModel(hub.context.connection);
	await expect.poll(async () => (await exchanges.findOne())?.joined.length, IN_TIME).toBe(2);
	await exchanges.updateMany({}, { $set: { reports: [GOOD, GOOD] } });
	await expect
		.poll(async () => (await linkOf(songjiang.client, SONGJIANG, HANGZHOU)).forth, IN_TIME)
		.toEqual(['pass']);
	// And killed between the result and its being done with.
	await expect.poll(async () => (await exchanges.findOne())?.state, IN_TIME).toBe('done');
	await exchanges.updateMany({}, { $set: { state: 'running' } });
	await expect.poll(async () => (await exchanges.findOne())?.state, IN_TIME).toBe('done');
	expect(await measurements(hub)).toBe(1);
});
