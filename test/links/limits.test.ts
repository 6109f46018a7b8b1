import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { LINK_LIMITS } from '@counter-hub/shared/links/linkTerms.ts';
import { GOOD } from './goodLink.ts';
import { LinkWindow, tells } from './LinkWindow.ts';
import { newOpenHub } from './newOpenHub.ts';
import { linkOf, nodeAt, read } from './linkState.ts';

const [SONGJIANG, HANGZHOU] = ['310117', '330100'] as const;
const IN_TIME = { timeout: 30_000 };

test('L4 each direction is judged for itself, by the limits of the city where it arrives', async () => {
	const hub = await newOpenHub();
	await nodeAt(hub, 'any', null);
	const administrator = await hub.signIn('administrator', HANGZHOU);
	const limits = { ...LINK_LIMITS, roundTripMs: { warn: 20, fail: 800 } };
	await administrator.put(`/cities/${HANGZHOU}/link-limits`, {
		commandId: randomUUID(),
		version: 0,
		limits,
	});
	const covered = { ...GOOD, picture: { ...GOOD.picture, contrast: 0.5 } };
	const songjiang = await LinkWindow.open(hub, SONGJIANG, tells(covered));
	await LinkWindow.open(hub, HANGZHOU);
	await expect
		.poll(() => linkOf(songjiang.client, HANGZHOU, SONGJIANG), IN_TIME)
		.toEqual({ forth: ['fail', 'covered'], back: ['warn', 'roundTrip'] });
	const { diagnoses } = await read(songjiang.client);
	expect(diagnoses).toEqual([{ kind: 'path', cities: [SONGJIANG, HANGZHOU], failed: 1, of: 2 }]);
});

test('L4 limits are the administrators’ of the city; nonsense is refused and changes nothing', async () => {
	const hub = await newOpenHub();
	const administrator = await hub.signIn('administrator', HANGZHOU);
	const clerk = await hub.signIn('clerk', HANGZHOU);
	const body = { commandId: randomUUID(), version: 0, limits: LINK_LIMITS };
	const path = `/cities/${HANGZHOU}/link-limits`;
	expect((await clerk.refused('PUT', path, body)).code).toBe('AUTH-2008');
	expect((await administrator.refused('PUT', `/cities/${SONGJIANG}/link-limits`, body)).code).toBe(
		'AUTH-2008',
	);
	const upside = { ...LINK_LIMITS, jitterMs: { warn: 90, fail: 10 } };
	expect((await administrator.refused('PUT', path, { ...body, limits: upside })).code).toBe('REQ-1001');
	expect(await clerk.get(path)).toEqual({ version: 0, limits: LINK_LIMITS });
});

test('L4 K-9 of two administrators who change the limits at once the later is told so, and nothing is overwritten', async () => {
	const hub = await newOpenHub();
	const administrators = [
		await hub.signIn('administrator', HANGZHOU),
		await hub.signIn('administrator', HANGZHOU),
	];
	const path = `/cities/${HANGZHOU}/link-limits`;
	const withWarn = (warn: number) => ({ ...LINK_LIMITS, jitterMs: { warn, fail: 200 } });
	const sent = administrators.map((_, at) => ({
		commandId: randomUUID(),
		version: 0,
		limits: withWarn(20 + at),
	}));
	const answers = await Promise.all(administrators.map((one, at) => one.send('PUT', path, sent[at])));
	const statuses = answers.map(({ status }) => status);
	expect(statuses.toSorted()).toEqual([200, 409]);
	const [first, late] = statuses[0] === 200 ? [0, 1] : [1, 0];
	expect(answers[late]?.body).toMatchObject({ code: 'ORG-3004' });
	const stands = { version: 1, limits: withWarn(20 + first) };
	expect(await administrators[late]?.get(path)).toEqual(stands);
	// The same command again, and what is so already, change nothing.
	expect(await administrators[first]?.put(path, sent[first])).toEqual(stands);
	const same = { ...sent[first], commandId: randomUUID(), version: 1 };
	expect(await administrators[first]?.put(path, same)).toEqual(stands);
	expect((await administrators[first]?.refused('PUT', path, { ...same, version: -1 }))?.code).toBe(
		'REQ-1001',
	);
});
