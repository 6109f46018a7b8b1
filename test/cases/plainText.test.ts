import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { unmaskedPerson } from '@counter-hub/shared/cases/cases.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { newHub } from '../platform/newHub.ts';
import { ENTERPRISE, listCases, openBody, openCase, PERSON } from './caseFixtures.ts';

test('F13 F14 F16 searches and forms take any width, case, blank and invisible character; rare names stay whole', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const names = ['𠮷某', '䶮某', '买买提·艾力', '𠮷'.repeat(40)];
	const opened = await openCase(clerk, {
		enterprise: {
			name: '例示（上海）ＡＢＣ 贸易有限公司',
			uscc: '\u200e９１３３ ０１００ ｍａ００ ０００２ ３ｐ',
		},
		person: { name: '𠮷某', citizenId: '310117 19000101 001２', phone: '+86 138–0000–1234\u202c' },
	});
	expect(opened).toMatchObject({
		enterpriseName: '例示（上海）ＡＢＣ 贸易有限公司',
		uscc: '91330100MA0000023P',
	});
	expect(opened.person).toMatchObject({ name: '𠮷*', citizenId: '310117********0012', phone: '138****1234' });
	const found = async (text: string) =>
		(await listCases(clerk, new URLSearchParams({ text }).toString())).cases.map(({ id }) => id);
	for (const text of [
		'(上海)',
		'（上海）',
		'abc',
		'ＡＢＣ　贸易',
		'９１３３０１００ｍａ',
		'9133 0100 MA',
		opened.caseNo.toLowerCase().replaceAll('-', '－'),
		'+86 138 0000 1234',
		'３１０１１７１９０００１０１００１２',
	]) {
		expect(await found(text), text).toEqual([opened.id]);
	}
	for (const name of names) {
		const other = await openCase(clerk, { person: { ...PERSON, name } });
		const shown = unmaskedPerson.parse(
			await clerk.post(`/cases/${other.id}/unmask`, { commandId: randomUUID(), reason: '核对身份证件' }),
		);
		expect(shown.name).toBe(name);
	}
	expect(
		await clerk.refused('POST', '/cases', openBody({ person: { ...PERSON, name: '𠮷'.repeat(41) } })),
	).toMatchObject({ status: 422 });
	expect(
		await clerk.refused(
			'POST',
			'/cases',
			openBody({ enterprise: { ...ENTERPRISE, name: '甲店 138.0013.8000' } }),
		),
	).toMatchObject({ code: 'FORM-1105' });
});

test('F13 cases and people of an older hub are found after its start', async () => {
	const hub = await newHub();
	const { connection } = hub.context;
	const clerk = await hub.signIn('clerk', '310117');
	const opened = await openCase(clerk, { enterprise: { ...ENTERPRISE, name: '例示（上海）店' } });
	await timeline(hub.context).flushProjections();
	const cases = connection.collection<{ _id: string }>('cases');
	await cases.updateMany({}, { $unset: { enterpriseSearch: 1, form: 1 } });
	await connection
		.collection<{ _id: string }>('timeline_projected')
		.updateMany({ _id: /^case:/ }, { $set: { of: 'cases sessions' } });
	await cases.createIndexes([{ key: { counters: 1, _id: -1 }, name: 'counter' }]);
	await connection.collection('staff').updateMany({}, { $unset: { search: 1 } });
	const text = new URLSearchParams({ text: '(上海)' }).toString();
	expect((await listCases(clerk, text)).cases).toEqual([]);
	await newHub({ sharing: hub });
	expect((await listCases(clerk, text)).cases.map(({ id }) => id)).toEqual([opened.id]);
	const found = await connection
		.collection('staff')
		.find({ search: /^310117-/ })
		.toArray();
	expect(found.length).toBeGreaterThan(0);
	expect((await cases.indexes()).map(({ name }) => name)).not.toContain('counter');
});
