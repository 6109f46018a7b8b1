import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { caseDetail } from '@counter-hub/shared/cases/cases.ts';
import { CITIES } from '@counter-hub/shared/cities/cities.ts';
import { timelinePage } from '@counter-hub/shared/timeline/eventView.ts';
import { staffModel } from '@counter-hub/hub-server/features/people/Staff.model.ts';
import { personStore } from '@counter-hub/hub-server/features/persons/PersonStore.ts';
import { EVENTS } from '@counter-hub/hub-server/features/timeline/EventStore.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { eventually } from '../platform/eventually.ts';
import { newHub } from '../platform/newHub.ts';
import { ENTERPRISE, listCases, openBody, openCase, PERSON, writeOn } from './caseFixtures.ts';

const DAY_MS = 86_400_000;

test('S6.3.2 a clerk opens a case; both counters see it, the applicant masked', async () => {
	// Not a fixed date: the database removes sign-ins that have expired by its own clock.
	const evening = new Date().setUTCHours(16, 30, 0, 0) + DAY_MS;
	const hub = await newHub({ now: () => evening });
	const clerk = await hub.signIn('clerk', '310117', { displayName: '陈静' });
	const opened = await openCase(clerk);
	// Half past midnight in Shanghai is the next day.
	const nextDay = new Date(evening + DAY_MS).toISOString().slice(2, 10).replaceAll('-', '');
	expect(opened.caseNo).toBe(`SJ-${nextDay}-0001`);
	expect(opened).toMatchObject({
		itemName: '内资有限公司法定代表人变更',
		enterpriseName: ENTERPRISE.name,
		uscc: ENTERPRISE.uscc,
		usccWarning: false,
		state: 'open',
		head: 1,
		origin: { cityCode: '310117', counterName: '松江专窗' },
		permit: { cityCode: '330100', counterName: '杭州专窗' },
		person: { name: '何*', citizenId: '310117********0012', phone: '138****1234' },
		openedBy: { displayName: '陈静' },
		sessions: [],
		demo: false,
	});
	expect(opened.materials.map(({ name }) => name)).toEqual([
		'变更申请书(新法定代表人签署)',
		'任免文件',
		'新法定代表人身份证明',
		'章程修正案',
		'营业执照正副本',
		'委托书',
		'经办人身份证明',
		'实名验证',
	]);
	const approver = await hub.signIn('approver', '330100');
	expect(caseDetail.parse(await approver.get(`/cases/${opened.id}`))).toEqual(opened);
	expect((await openCase(clerk)).caseNo).toBe(`SJ-${nextDay}-0002`);
});

test('a command to open a case sent twice, or ten times at once, opens one case', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const body = openBody();
	const all = await Promise.all(Array.from({ length: 10 }, () => clerk.post('/cases', body)));
	const again = caseDetail.parse(await clerk.post('/cases', body));
	expect(new Set(all.map((one) => caseDetail.parse(one).id))).toEqual(new Set([again.id]));
	const { events } = timelinePage.parse(await clerk.get(`/cases/${again.id}/timeline`));
	expect(events.map(({ type }) => type)).toEqual(['case.opened']);

	expect(await clerk.refused('POST', '/cases', { ...body, itemNo: 6 })).toMatchObject({ code: 'REQ-1009' });
	const other = await hub.signIn('clerk', '310117');
	expect(await other.refused('POST', '/cases', body)).toMatchObject({ status: 409, code: 'REQ-1009' });
});

test('bad input of a new case: each has an error code of its own and changes nothing', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const person = (change: object) => ({ person: { ...PERSON, ...change } });
	const wrong: [string, object][] = [
		['FORM-1102', { enterprise: { ...ENTERPRISE, uscc: '91310117MA0000007H' } }],
		['FORM-1102', { enterprise: { ...ENTERPRISE, uscc: '9131' } }],
		['FORM-1103', person({ citizenId: '310117190001010013' })],
		['FORM-1103', person({ citizenId: '330400190002290012' })],
		['FORM-1104', person({ phone: '12345' })],
		['REQ-1001', person({ name: { $ne: null } })],
		['REQ-1001', { enterprise: { ...ENTERPRISE, uscc: { $gt: '' } } }],
		['REQ-1001', { itemNo: '5; drop' }],
		['REQ-1001', { commandId: 'x' }],
		['REQ-1001', { demo: true }],
		['CASE-4001', { itemNo: 99 }],
		['CASE-4004', { itemNo: 8 }],
		['CASE-4003', { permitCounterId: seededCounterId('310117') }],
		['ORG-3002', { permitCounterId: randomUUID() }],
	];
	for (const [code, change] of wrong) {
		const refused = await clerk.refused('POST', '/cases', openBody(change));
		expect(refused, JSON.stringify(change)).toMatchObject({ code });
	}
	expect(
		await clerk.refused(
			'POST',
			'/cases',
			openBody({ enterprise: { ...ENTERPRISE, uscc: '91310117MA0000007H' } }),
		),
	).toMatchObject({ status: 422, fields: [{ path: 'enterprise.uscc', params: { expected: 'E' } }] });
	expect((await listCases(clerk)).cases).toEqual([]);
	const warned = await openCase(clerk, { enterprise: { ...ENTERPRISE, uscc: '91310117MA0000008H' } });
	expect(warned.usccWarning).toBe(true);
});

test('X2 who may read and write a case', async () => {
	const hub = await newHub();
	const opened = await openCase(await hub.signIn('clerk', '310117'));
	const path = `/cases/${opened.id}`;
	for (const [role, city, cities, reads, writes] of [
		['clerk', '310117', undefined, true, true],
		['approver', '330100', undefined, true, true],
		['clerk', '320500', undefined, false, false],
		['supervisor', '330100', ['330100', '320500'], true, false],
		['supervisor', '340100', ['340100'], false, false],
		['administrator', '310117', ['310117'], false, false],
	] as const) {
		const who = await hub.signIn(role, city, cities ? { cities: [...cities] } : {});
		const label = `${role} of ${city}`;
		expect((await who.send('GET', path)).status, label).toBe(reads ? 200 : 403);
		expect((await who.send('GET', `${path}/timeline`)).status, label).toBe(reads ? 200 : 403);
		const unmask = { commandId: randomUUID(), reason: '核对身份证件' };
		expect((await who.send('POST', `${path}/unmask`, unmask)).status, label).toBe(writes ? 200 : 403);
		if (role !== 'administrator') {
			expect(
				(await listCases(who)).cases.map(({ id }) => id),
				label,
			).toEqual(reads ? [opened.id] : []);
		}
	}
	const approver = await hub.signIn('approver', '310117');
	expect(await approver.refused('POST', '/cases', openBody())).toMatchObject({
		status: 403,
		code: 'AUTH-2008',
	});
	expect(await approver.refused('GET', `/cases/${randomUUID()}`)).toMatchObject({
		status: 404,
		code: 'CASE-4002',
	});
	expect(await approver.refused('GET', '/cases/1')).toMatchObject({ status: 422, code: 'REQ-1001' });
});

test('PIPL unmasking needs a reason, which is on the timeline before the data are shown', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117', { displayName: '陈静' });
	const { id } = await openCase(clerk);
	const none = await clerk.refused('POST', `/cases/${id}/unmask`, { commandId: randomUUID(), reason: ' ' });
	expect(none.code).toBe('REQ-1001');
	const body = { commandId: randomUUID(), reason: '核对身份证件原件' };
	expect(await clerk.post(`/cases/${id}/unmask`, body)).toMatchObject(PERSON);
	expect(await clerk.post(`/cases/${id}/unmask`, body)).toMatchObject(PERSON);
	const { events } = timelinePage.parse(await clerk.get(`/cases/${id}/timeline`));
	expect(events.map(({ type }) => type)).toEqual(['case.opened', 'person.unmasked']);
	expect(events[1]).toMatchObject({
		actorName: '陈静',
		actorPlace: '松江专窗',
		actor: { duty: 'receiving', cityCode: '310117' },
		data: { reason: '核对身份证件原件' },
	});
});

test('PIPL whoever loses the right while the reason is being written down is shown nothing', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const { id } = await openCase(clerk);
	const { connection } = hub.context;
	const events = connection.collection(EVENTS);
	// What is not committed yet holds up whoever wants the same place on the timeline.
	const rival = await connection.startSession();
	onTestFinished(() => rival.endSession());
	rival.startTransaction();
	await events.insertOne({ subject: `case:${id}`, seq: 2 }, { session: rival });
	const refused = clerk.refused('POST', `/cases/${id}/unmask`, {
		commandId: randomUUID(),
		reason: '核对身份证件原件',
	});
	await eventually(async () => {
		const waiting = { op: 'insert', ns: `${connection.name}.${EVENTS}` };
		const { inprog } = (await connection.db?.admin().command({ currentOp: 1, ...waiting })) ?? {};
		expect(inprog).toHaveLength(1);
	});
	await staffModel(connection).updateMany({}, { $set: { disabled: true }, $inc: { version: 1 } });
	await rival.abortTransaction();
	expect(await refused).toMatchObject({ code: 'AUTH-2005' });
	expect(await events.countDocuments({ type: 'person.unmasked' })).toBe(1);
});

test('personal data are encrypted at rest, found by exact value, absent from everything else, and erasable', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const opened = await openCase(clerk);
	await clerk.post(`/cases/${opened.id}/unmask`, { commandId: randomUUID(), reason: '核对身份证件' });
	const { connection } = hub.context;
	for (const { collectionName } of await connection.db!.collections()) {
		const text = JSON.stringify(await connection.collection(collectionName).find().toArray());
		for (const secret of Object.values(PERSON)) expect(text, collectionName).not.toContain(secret);
	}
	expect((await listCases(clerk, `text=${PERSON.citizenId}`)).cases).toHaveLength(1);
	expect((await listCases(clerk, `text=${PERSON.phone}`)).cases).toHaveLength(1);
	expect((await listCases(clerk, 'text=31011719000101008X')).cases).toHaveLength(0);

	// A value moved to another field or person cannot be opened.
	const stored = await connection.collection('persons').findOne({});
	await connection
		.collection('persons')
		.updateOne({ _id: stored!._id }, { $set: { phone: stored!['name'] } });
	await expect(personStore(hub.context).clear(opened.person.id)).rejects.toThrow();
	await connection
		.collection('persons')
		.updateOne({ _id: stored!._id }, { $set: { phone: stored!['phone'] } });

	await personStore(hub.context).erase(opened.person.id, new Date());
	expect(caseDetail.parse(await clerk.get(`/cases/${opened.id}`)).person).toMatchObject({
		name: '*',
		phone: '*',
	});
	expect(
		await clerk.refused('POST', `/cases/${opened.id}/unmask`, {
			commandId: randomUUID(),
			reason: '核对身份证件',
		}),
	).toMatchObject({ status: 404 });
	expect((await listCases(clerk, `text=${PERSON.phone}`)).cases).toHaveLength(0);
});

test('cases are found by number, enterprise, USCC, item, state and city; text is never a pattern', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const colleague = await hub.signIn('clerk', '310117');
	const hangzhou = await openCase(clerk);
	const suzhou = await openCase(
		clerk,
		{ itemNo: 12, enterprise: { name: 'Suzhou (Test) 100% 有限公司', uscc: '91320500MA00000313' } },
		'320500',
	);
	const theirs = await openCase(colleague, { itemNo: 17 }, '340100');
	const found = async (query: string) => (await listCases(clerk, query)).cases.map(({ id }) => id);
	expect(await found('')).toEqual([theirs.id, suzhou.id, hangzhou.id]);
	expect(await found('scope=mine')).toEqual([suzhou.id, hangzhou.id]);
	expect(await found(`text=${hangzhou.caseNo.toLowerCase()}`)).toEqual([hangzhou.id]);
	expect(await found('text=澄砚')).toEqual([theirs.id, hangzhou.id]);
	expect(await found('text=91320500ma')).toEqual([suzhou.id]);
	expect(await found('text=分公司设立')).toEqual([suzhou.id]);
	expect(await found('text=sole proprietorship')).toEqual([theirs.id]);
	expect(await found(`text=${encodeURIComponent('(test) 100%')}`)).toEqual([suzhou.id]);
	for (const pattern of ['.*', '^S', '[', '(a', '\\', '$ne', 'a|b']) {
		expect(await found(`text=${encodeURIComponent(pattern)}`), pattern).toEqual([]);
	}
	expect(await found('itemNo=17')).toEqual([theirs.id]);
	expect(await found('city=320500')).toEqual([suzhou.id]);
	expect(await found('state=open&city=330100&text=澄砚')).toEqual([hangzhou.id]);
	expect(await found('state=passed')).toEqual([]);
	for (const bad of [
		'state[$ne]=open',
		'text[$regex]=.*',
		'state=x',
		'limit=0',
		'limit=9999',
		'sort=1',
		'city=31000',
	]) {
		expect(await clerk.refused('GET', `/cases?${bad}`), bad).toMatchObject({ status: 422, code: 'REQ-1001' });
	}
	expect(await clerk.refused('GET', '/cases?city=310000')).toMatchObject({ code: 'CITY-5801' });
});

test('case lists are paged by key, newest first, also for a supervisor of all cities', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const opened: string[] = [];
	for (let i = 0; i < 7; i++) opened.unshift((await openCase(clerk)).id);
	const everywhere = await hub.signIn('supervisor', '310117', { cities: CITIES.map(({ code }) => code) });
	const two = await hub.signIn('supervisor', '310117', { cities: ['310117', '330100'] });
	for (const client of [clerk, everywhere, two]) {
		const seen: string[] = [];
		let cursor: string | null = '';
		while (cursor !== null) {
			const page = await listCases(client, `limit=3${cursor && `&cursor=${cursor}`}`);
			seen.push(...page.cases.map(({ id }) => id));
			cursor = page.nextCursor;
		}
		expect(seen).toEqual(opened);
	}
});

test('a case’s timeline is paged by sequence number in both directions', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const { id } = await openCase(clerk);
	for (let i = 2; i <= 9; i++) {
		await writeOn(clerk, id, `第 ${i} 次`);
	}
	const page = async (query: string) => {
		const { events, head } = timelinePage.parse(await clerk.get(`/cases/${id}/timeline?${query}`));
		expect(head).toBe(9);
		return events.map(({ seq }) => seq);
	};
	expect(await page('limit=4')).toEqual([6, 7, 8, 9]);
	expect(await page('limit=4&before=6')).toEqual([2, 3, 4, 5]);
	expect(await page('limit=4&before=2')).toEqual([1]);
	expect(await page('after=1&before=5')).toEqual([2, 3, 4]);
	expect(await page('after=7')).toEqual([8, 9]);
	expect(await page('after=9')).toEqual([]);
	for (const bad of ['before=0', 'after=-1', 'limit=1000', 'after=x']) {
		expect(await clerk.refused('GET', `/cases/${id}/timeline?${bad}`), bad).toMatchObject({
			code: 'REQ-1001',
		});
	}
	expect(caseDetail.parse(await clerk.get(`/cases/${id}`)).head).toBe(9);
});
