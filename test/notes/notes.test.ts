import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { notePage } from '@counter-hub/shared/notes/notes.ts';
import { timelinePage } from '@counter-hub/shared/timeline/eventView.ts';
import { openCase } from '../cases/caseFixtures.ts';
import { newHub, type TestHub } from '../platform/newHub.ts';
import type { TestClient } from '../platform/TestClient.ts';

/** A clerk, and where the notes of a new case are written. */
async function newNotes(): Promise<{ hub: TestHub; clerk: TestClient; path: string }> {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117', { displayName: '陈静' });
	return { hub, clerk, path: `/cases/${(await openCase(clerk)).id}/notes` };
}
const note = (text: string) => ({ commandId: randomUUID(), text });
const textsOf = async (client: TestClient, path: string) => {
	const { notes, more } = notePage.parse(await client.get(path));
	return { texts: notes.map(({ data }) => data['text']), more };
};

test('X2 whoever works on a case notes on it; whoever reads it reads the notes', async () => {
	const { hub, clerk, path } = await newNotes();
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
		expect((await who.send('POST', path, note('已核对原件。'))).status, label).toBe(writes ? 201 : 403);
		expect((await who.send('GET', path)).status, label).toBe(reads ? 200 : 403);
	}
	expect(await clerk.refused('GET', `/cases/${randomUUID()}/notes`)).toMatchObject({ code: 'CASE-4002' });
});

test('H-7 a note sent again and again stands once; its id cannot be used for something else', async () => {
	const { clerk, path } = await newNotes();
	const body = note('营业执照副本未带。');
	const answers = await Promise.all([1, 2, 3, 4].map(() => clerk.post(path, body)));
	expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
	expect(await clerk.refused('POST', path, { ...body, text: '别的' })).toMatchObject({
		status: 409,
		code: 'REQ-1009',
	});
	expect(await textsOf(clerk, path)).toEqual({ texts: ['营业执照副本未带。'], more: false });
	const { head } = timelinePage.parse(await clerk.get(path.replace('notes', 'timeline')));
	expect(head).toBe(2);
});

test('notes are listed by pages, among whatever else stands on the timeline, with who wrote them', async () => {
	const { clerk, path } = await newNotes();
	for (let i = 1; i <= 5; i++) {
		await clerk.post(path, note(`第 ${i} 条`));
		await clerk.post(path.replace('notes', 'unmask'), { commandId: randomUUID(), reason: '核对身份证件' });
	}
	expect(await textsOf(clerk, `${path}?limit=2`)).toEqual({ texts: ['第 4 条', '第 5 条'], more: true });
	const { notes } = notePage.parse(await clerk.get(`${path}?limit=2`));
	expect(notes[0]).toMatchObject({ type: 'case.noted', actorName: '陈静' });
	const before = notes[0]?.seq ?? 0;
	expect(await textsOf(clerk, `${path}?limit=3&before=${before}`)).toEqual({
		texts: ['第 1 条', '第 2 条', '第 3 条'],
		more: false,
	});
	for (const bad of ['before=0', 'limit=1000', 'before=x', 'after=1']) {
		expect(await clerk.refused('GET', `${path}?${bad}`), bad).toMatchObject({ code: 'REQ-1001' });
	}
});

test.each([
	['nothing', '', 'REQ-1001'],
	['more than fits', '长'.repeat(501), 'REQ-1001'],
	['half a character', 'note \ud83d', 'REQ-1001'],
	['an ID number', '经办人 310117190001010012', 'FORM-1105'],
])('T-11 a note of %s is refused, and nothing is left of it', async (_what, text, code) => {
	const { clerk, path } = await newNotes();
	expect(await clerk.refused('POST', path, note(text))).toMatchObject({ status: 422, code });
	expect(await textsOf(clerk, path)).toEqual({ texts: [], more: false });
});
