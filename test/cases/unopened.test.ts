import { expect, test } from 'vitest';
import { caseOpenings } from '@counter-hub/hub-server/features/cases/CaseOpenings.ts';
import { sweepUnopened } from '@counter-hub/hub-server/features/cases/sweepUnopened.ts';
import { EVENTS } from '@counter-hub/hub-server/features/timeline/EventStore.ts';
import { personStore } from '@counter-hub/hub-server/features/persons/PersonStore.ts';
import { newHub, TestHub } from '../platform/newHub.ts';
import { newProcesses } from '../platform/processes.ts';
import { openBody, openCase, PERSON } from './caseFixtures.ts';

const HOURS = 3_600_000;
const personIds = async (hub: TestHub) =>
	(await hub.context.connection.collection('persons').find().toArray()).map(({ _id }) => String(_id)).sort();
/** Ids of persons that events name. */
async function namedIds(hub: TestHub): Promise<string[]> {
	const events = await hub.context.connection.collection(EVENTS).find({ type: 'case.opened' }).toArray();
	return events.map(({ data }) => (data as { personId: string }).personId).sort();
}

test('A7 a person whose case was never opened is removed after an hour; one whose case is open stays', async () => {
	const clock = { now: Date.now() };
	const hub = await newHub({ now: () => clock.now });
	const clerk = await hub.signIn('clerk', '310117');
	await openCase(clerk);
	// A hub that dies here leaves a person whom no event will name.
	const { commandId, ...content } = openBody();
	const { staff } = await clerk.me();
	const command = { commandId, staffId: staff.id, digest: personStore(hub.context).digest(content) };
	const left = await caseOpenings(hub.context).claim(command, '310117', new Date(clock.now));
	await personStore(hub.context).add([{ ...PERSON, id: left.personId, demo: false }], new Date(clock.now));

	clock.now += HOURS / 2;
	await sweepUnopened(hub.context);
	expect(await personStore(hub.context).clear(left.personId)).not.toBeNull();
	clock.now += HOURS;
	await Promise.all([sweepUnopened(hub.context), sweepUnopened(hub.context)]);
	expect(await personStore(hub.context).clear(left.personId)).toBeNull();
	expect(await personIds(hub)).toEqual(await namedIds(hub));
	expect(
		await hub.context.connection
			.collection('caseOpenings')
			.countDocuments({ pendingSince: { $exists: true } }),
	).toBe(0);
});

test('A7 an attempt that is under way again keeps its person', async () => {
	const clock = { now: Date.now() };
	const hub = await newHub({ now: () => clock.now });
	const clerk = await hub.signIn('clerk', '310117');
	const body = openBody();
	const { commandId, ...content } = body;
	const { staff } = await clerk.me();
	const command = { commandId, staffId: staff.id, digest: personStore(hub.context).digest(content) };
	await caseOpenings(hub.context).claim(command, '310117', new Date(clock.now));
	clock.now += 2 * HOURS;
	const resumed = await caseOpenings(hub.context).claim(command, '310117', new Date(clock.now));
	await sweepUnopened(hub.context);
	await personStore(hub.context).add([{ ...PERSON, id: resumed.personId, demo: false }], new Date(clock.now));
	expect(await personStore(hub.context).clear(resumed.personId)).not.toBeNull();
});

test('A7 a hub killed in the middle of opening cases leaves no personal data behind that no event names', async () => {
	const processes = await newProcesses({ media: false });
	const clerk = await processes.signIn('clerk', '310117');
	const sent = Array.from({ length: 60 }, () => clerk.post('/cases', openBody()).catch(() => undefined));
	await Promise.race(sent);
	await processes.hub.kill();
	await Promise.all(sent);
	const later = await TestHub.create({
		sharing: processes.registry,
		serve: false,
		now: () => Date.now() + 2 * HOURS,
	});
	try {
		await sweepUnopened(later.context);
		const left = await personIds(later);
		expect(left.length).toBeGreaterThan(0);
		expect(left).toEqual(await namedIds(later));
	} finally {
		await later.close();
	}
});
