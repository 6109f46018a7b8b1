import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { completeCitizenId } from '@counter-hub/shared/codes/citizenId.ts';
import { readingList, type DecideReadingBody } from '@counter-hub/shared/reading/bodies.ts';
import type { RecordedFinding } from '@counter-hub/shared/reading/decisions.ts';
import { sha256, upload } from '../blobs/uploading.ts';
import { ask, type TestClient } from '../platform/TestClient.ts';
import { eventsOf, HANGZHOU, openCase, SONGJIANG } from '../sessions/newCounters.ts';
import { callAbout, newCall } from '../stills/newCall.ts';
import { newPng } from '../stills/pictures.ts';

type Call = Awaited<ReturnType<typeof newCall>>;

const place = { x: 0.17, y: 0.11, width: 0.1, height: 0.02 };
const CODE: RecordedFinding = { kind: 'uscc', text: '91330100MA0000023P', place, result: 'match' };

async function takeStill({ clerk, approver, caseId, sessionId }: Call): Promise<string> {
	const picture = newPng(64, 48);
	const commandId = randomUUID();
	await upload(clerk.client, picture);
	await ask(clerk.socket, 'still:store', {
		commandId,
		caseId,
		sessionId,
		materialNo: 2,
		sha256: sha256(picture),
		thumbnailSha256: null,
		width: 64,
		height: 48,
		askedBy: approver.staffId,
	});
	return commandId;
}

/** A call with a still, and where its reading is decided. */
async function newReading() {
	const call = await newCall();
	const stillId = await takeStill(call);
	const { caseId, sessionId } = call;
	const body = (more: Partial<DecideReadingBody> = {}): DecideReadingBody => ({
		commandId: randomUUID(),
		sessionId,
		findings: [CODE],
		decision: 'matches',
		note: '',
		...more,
	});
	return { ...call, stillId, path: `/cases/${caseId}/stills/${stillId}/reading`, body };
}

const listOf = async (client: TestClient, caseId: string) =>
	readingList.parse(await client.get(`/cases/${caseId}/readings`)).state;

describe('V13 what a person makes of a reading', () => {
	it('V13 stands on the timeline about the call, with the material of the still and who decided', async () => {
		const { approver, clerk, caseId, sessionId, stillId, path, body } = await newReading();
		const other = { ...CODE, text: '91310117MA0000011X', result: 'differs' as const };
		await approver.client.post(path, body({ findings: [other], decision: 'differs', note: '副本为旧照' }));
		const event = (await eventsOf(clerk.client, caseId)).find(({ type }) => type === 'reading.decided');
		expect(event).toMatchObject({
			about: { sessionId },
			actor: { staffId: approver.staffId, duty: 'permit' },
			data: { stillId, materialNo: 2, findings: [other], decision: 'differs', note: '副本为旧照' },
		});
		expect(await listOf(clerk.client, caseId)).toMatchObject([
			{ stillId, materialNo: 2, decision: 'differs', by: approver.staffId, byName: event?.actorName },
		]);
	});

	it('V13 of several decisions on a still the last one counts; all stay on the timeline', async () => {
		const { approver, clerk, caseId, path, body } = await newReading();
		await approver.client.post(path, body());
		await clerk.client.post(path, body({ decision: 'misread' }));
		expect(await listOf(approver.client, caseId)).toMatchObject([{ decision: 'misread', by: clerk.staffId }]);
		const decided = (await eventsOf(clerk.client, caseId)).filter(({ type }) => type === 'reading.decided');
		expect(decided).toHaveLength(2);
	});

	it('H-7 V13 sent again and again it stands once; its id cannot be used for something else', async () => {
		const { approver, caseId, path, body } = await newReading();
		const once = body();
		const answers = await Promise.all([1, 2, 3].map(() => approver.client.post(path, once)));
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
		const another = { ...once, decision: 'differs' };
		expect((await approver.client.refused('POST', path, another)).code).toBe('REQ-1009');
		expect(await listOf(approver.client, caseId)).toMatchObject([{ decision: 'matches' }]);
	});

	it('V13 X2 whoever works on the case and is in the call decides; whoever reads the case sees it', async () => {
		const call = await newReading();
		const { hub, clerk, caseId, path, body } = call;
		const colleague = await hub.signIn('clerk', SONGJIANG);
		expect((await colleague.refused('POST', path, body())).code).toBe('AUTH-2008');
		await colleague.post(path, body({ sessionId: null }));
		const supervisor = await hub.signIn('supervisor', HANGZHOU);
		expect((await supervisor.refused('POST', path, body({ sessionId: null }))).code).toBe('AUTH-2008');
		expect(await listOf(supervisor, caseId)).toHaveLength(1);
		const stranger = await hub.signIn('approver', '340100');
		expect((await stranger.refused('GET', `/cases/${caseId}/readings`)).code).toBe('AUTH-2008');
		expect((await stranger.refused('POST', path, body({ sessionId: null }))).code).toBe('AUTH-2008');
		expect(await listOf(clerk.client, caseId)).toHaveLength(1);
	});

	it('V13 refuses by name: numbers of a person, a place outside the picture, too much, a foreign still or call', async () => {
		const call = await newReading();
		const { clerk, approver, caseId, sessionId, path, body } = call;
		const code = async (more: object, at = path) =>
			(await approver.client.refused('POST', at, { ...body(), ...more })).code;
		const finding = (more: object) => ({ findings: [{ ...CODE, ...more }] });
		const id = completeCitizenId('31011719900101001');
		for (const kind of ['citizenId', 'qr'] as const) {
			expect(await code(finding({ kind, text: id })), kind).toBe('FORM-1105');
		}
		// Misread by a digit it is a number of a person all the same.
		const nearly = `${id.slice(0, 16)}${(Number(id.charAt(16)) + 1) % 10}${id.slice(17)}`;
		expect(await code(finding({ kind: 'citizenId', text: nearly }))).toBe('FORM-1105');
		expect(await code(finding({ kind: 'phone', text: '138 0013 8000' }))).toBe('FORM-1105');
		expect(await code({ note: '电话 13800138000' })).toBe('FORM-1105');
		for (const x of [-0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY]) {
			expect(await code(finding({ place: { ...place, x } })), String(x)).toBe('REQ-1001');
		}
		expect(await code({ findings: Array.from({ length: 25 }, () => CODE) })).toBe('REQ-1001');
		expect(await code({ findings: [] })).toBe('REQ-1001');
		expect(await code(finding({ text: 'a'.repeat(501) }))).toBe('REQ-1001');
		expect(await code(finding({ kind: 'face' }))).toBe('REQ-1001');
		expect(await code({ decision: 'perhaps' })).toBe('REQ-1001');
		expect(await code({}, path.replace(/stills\/[^/]+/, `stills/${randomUUID()}`))).toBe('STILL-4601');

		await ask(clerk.socket, 'session:hangUp', { commandId: randomUUID(), sessionId });
		const other = await openCase(clerk.client);
		const session = await callAbout(call, other);
		expect(await code({ sessionId: session })).toBe('CALL-5001');
		expect(await code({ sessionId: session }, path.replace(caseId, other))).toBe('STILL-4601');
		expect((await listOf(approver.client, caseId)).length).toBe(0);
	});
});
