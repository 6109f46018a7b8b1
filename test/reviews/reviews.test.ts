import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { caseDetail } from '@counter-hub/shared/cases/cases.ts';
import { dayFigures } from '@counter-hub/shared/figures/figures.ts';
import {
	offeredReasons,
	publicNotice,
	reviewView,
	type MarkContent,
	type Review,
} from '@counter-hub/shared/reviews/reviews.ts';
import { eventually } from '../platform/eventually.ts';
import { ask, type TestClient, type TestSocket } from '../platform/TestClient.ts';
import { eventsOf, HANGZHOU, newPage, next, SONGJIANG } from '../sessions/newCounters.ts';
import { callAbout, newCall } from '../stills/newCall.ts';

type Call = Awaited<ReturnType<typeof newCall>>;
const BLANK = { verdict: null, needed: null, neededWhy: '', reasons: [], bring: '' };

const reviewOf = async (client: TestClient, caseId: string): Promise<Review> =>
	reviewView.parse(await client.get(`/cases/${caseId}/review`)).state;

const mark = (
	socket: TestSocket,
	{ caseId, sessionId }: { caseId: string; sessionId: string | null },
	content: Partial<MarkContent> & Pick<MarkContent, 'materialNo'>,
	{ commandId = randomUUID(), round = 1 }: { commandId?: string; round?: number } = {},
) => ask(socket, 'review:mark', { commandId, caseId, sessionId, round, mark: { ...BLANK, ...content } });

const conclude = (
	{ approver, sessionId }: Pick<Call, 'approver' | 'sessionId'>,
	conclusion: 'pass' | 'correction' | 'contactLater',
	note = '',
	commandId: string = randomUUID(),
) => ask(approver.socket, 'session:conclude', { commandId, sessionId, conclusion, note });

const codeOf = (attempt: Promise<unknown>) =>
	attempt.then(
		() => 'taken',
		(error: unknown) => (error as { code?: string }).code,
	);

/** Marks the first two materials of item 5: one in order, one to be corrected. */
async function markTwo(call: Call): Promise<void> {
	await mark(call.approver.socket, call, { materialNo: 1, verdict: 'pass' });
	await mark(call.approver.socket, call, {
		materialNo: 2,
		verdict: 'fix',
		reasons: ['召开日期未填写', '未加盖公章'],
		bring: '补填日期并盖章的决议原件',
	});
}

describe('V7 the review', () => {
	it('V7 says on a phone nothing of whose application it is, even where a reason does', async () => {
		const call = await newCall();
		const { clerk, approver, caseId } = call;
		const { enterpriseName, uscc } = caseDetail.parse(await clerk.client.get(`/cases/${caseId}`));
		await mark(approver.socket, call, {
			materialNo: 2,
			verdict: 'fix',
			reasons: [`与${enterpriseName}的章程不符`, '何清的签字不全'],
			bring: `${uscc}的执照副本，310117199001011234 的复印件`,
		});
		await conclude(call, 'correction');
		const { rounds } = await reviewOf(clerk.client, caseId);
		const shown = await call.hub.client().get(`/public/notices/${rounds[0]?.notice?.publicId ?? ''}`);
		expect(publicNotice.parse(shown).entries).toMatchObject([
			{
				reasons: ['与该企业的章程不符', '该申请人的签字不全'],
				bring: '该代码的执照副本，310117********1234 的复印件',
			},
		]);
		// The paper is for the applicant, and says it.
		expect(rounds[0]?.notice?.entries[0]?.reasons[0]).toContain(enterpriseName);
	});

	it('V7 both sides see each mark, count and call at once, and who set it', async () => {
		const call = await newCall();
		const { clerk, approver, caseId, sessionId } = call;
		await ask(clerk.socket, 'case:watch', { caseId, head: 0 });
		const seen = next(clerk.socket, 'timeline:events', ({ events }) =>
			events.some(({ type }) => type === 'review.marked'),
		);
		await ask(approver.socket, 'review:call', {
			commandId: randomUUID(),
			caseId,
			sessionId,
			materialNo: 2,
		});
		await ask(clerk.socket, 'review:count', {
			commandId: randomUUID(),
			caseId,
			sessionId,
			count: { materialNo: 2, originals: 1, copies: 2 },
		});
		await mark(approver.socket, call, { materialNo: 2, verdict: 'fix', reasons: ['签字不全'] });
		const { events } = await seen;
		expect(events.at(-1)).toMatchObject({ about: { sessionId }, data: { verdict: 'fix' } });
		const review = await reviewOf(clerk.client, caseId);
		expect(review).toMatchObject({
			round: 1,
			called: { materialNo: 2, by: approver.staffId },
			counts: { 2: { originals: 1, copies: 2 } },
			marks: { 2: { verdict: 'fix', reasons: ['签字不全'], by: approver.staffId } },
		});
		expect(review.marks['2']?.byName).toBeTruthy();
	});

	it('V7 two approvers: the last one wins, and both stand on the timeline; a repeat changes nothing', async () => {
		const call = await newCall();
		const { hub, approver, caseId } = call;
		const colleague = await newPage(hub, 'approver', HANGZHOU);
		const commandId = randomUUID();
		await mark(approver.socket, call, { materialNo: 1, verdict: 'pass' }, { commandId });
		await mark(
			colleague.socket,
			{ caseId, sessionId: null },
			{ materialNo: 1, verdict: 'fix', reasons: ['缺页'] },
		);
		await mark(approver.socket, call, { materialNo: 1, verdict: 'pass' }, { commandId });
		expect(await codeOf(mark(approver.socket, call, { materialNo: 2, verdict: 'pass' }, { commandId }))).toBe(
			'REQ-1009',
		);
		expect((await reviewOf(approver.client, caseId)).marks['1']).toMatchObject({
			verdict: 'fix',
			by: colleague.staffId,
		});
		const marks = (await eventsOf(approver.client, caseId)).filter(({ type }) => type === 'review.marked');
		expect(marks.map(({ data }) => data['verdict'])).toEqual(['pass', 'fix']);
	});

	it('V7 refuses marks by name: the clerk, a stranger, an unknown material, no condition, numbers of persons, garbage', async () => {
		const call = await newCall();
		const { hub, clerk, approver, caseId } = call;
		const stranger = await newPage(hub, 'approver', '340100');
		const content = { materialNo: 1, verdict: 'pass' } as const;
		expect(await codeOf(mark(clerk.socket, call, content))).toBe('AUTH-2008');
		expect(await codeOf(mark(stranger.socket, { caseId, sessionId: null }, content))).toBe('AUTH-2008');
		expect(await codeOf(mark(approver.socket, call, { ...content, materialNo: 60 }))).toBe('STILL-4607');
		expect(await codeOf(mark(approver.socket, call, { ...content, needed: true }))).toBe('REVIEW-4702');
		const numbered = { materialNo: 1, verdict: 'fix' as const, reasons: ['请打 13800138000'] };
		expect(await codeOf(mark(approver.socket, call, numbered))).toBe('FORM-1105');
		for (const materialNo of [0, 1.5, NaN, 1e9]) {
			expect(await codeOf(mark(approver.socket, call, { ...content, materialNo }))).toBe('REQ-1001');
		}
		const many = Array.from({ length: 10_000 }, (_, i) => `原因 ${i}`);
		expect(await codeOf(mark(approver.socket, call, { materialNo: 1, verdict: 'fix', reasons: many }))).toBe(
			'REQ-1001',
		);
		expect(await codeOf(mark(approver.socket, { caseId, sessionId: randomUUID() }, content))).toBe(
			'CALL-5001',
		);
		expect((await reviewOf(clerk.client, caseId)).marks).toEqual({});
	});

	it('V7 S6.3.2a the conclusion makes the notice of exactly the marks, once, with its PDF and its page for the phone', async () => {
		const call = await newCall();
		const { hub, clerk, caseId, approver } = call;
		await markTwo(call);
		const commandId = randomUUID();
		await conclude(call, 'correction', '补好直接再呼', commandId);
		await conclude(call, 'correction', '补好直接再呼', commandId);
		const review = await eventually(async () => {
			const found = await reviewOf(clerk.client, caseId);
			expect(found.rounds[0]?.pdfSha256).toMatch(/^[0-9a-f]{64}$/);
			return found;
		});
		const events = await eventsOf(clerk.client, caseId);
		for (const type of ['session.concluded', 'review.ended', 'review.noticeIssued', 'review.noticeFiled']) {
			expect(
				events.filter((one) => one.type === type),
				type,
			).toHaveLength(1);
		}
		const notice = review.rounds[0]?.notice;
		expect(notice).toMatchObject({
			round: 1,
			entries: [
				{
					materialNo: 2,
					materialName: '任免文件',
					reasons: ['召开日期未填写', '未加盖公章'],
					bring: '补填日期并盖章的决议原件',
				},
			],
		});
		const pdf = await fetch(`${hub.url}/api/v1/cases/${caseId}/notices/${notice?.noticeId ?? ''}/pdf`, {
			headers: { authorization: `Bearer ${clerk.client.token}` },
		});
		expect(pdf.headers.get('content-type')).toBe('application/pdf');
		expect(
			Buffer.from(await pdf.arrayBuffer())
				.subarray(0, 5)
				.toString(),
		).toBe('%PDF-');

		// Nobody signs in on the applicant's phone, and nothing there says whose it is.
		const anonymous = hub.client();
		const shown = await anonymous.get(`/public/notices/${notice?.publicId ?? ''}`);
		expect(publicNotice.parse(shown)).toMatchObject({
			state: 'open',
			entries: [{ materialName: '任免文件' }],
		});
		expect(JSON.stringify(shown)).not.toMatch(/澄砚|何清|91330100MA0000023P|3101171900|1380/);
		expect((await anonymous.refused('GET', '/public/notices/AAAAAAAAAAAAAAAAAAAAAA')).code).toBe(
			'REVIEW-4705',
		);
		const stranger = await hub.signIn('clerk', '340100');
		const path = `/cases/${caseId}/notices/${notice?.noticeId ?? ''}/pdf`;
		expect((await stranger.refused('GET', path)).code).toBe('AUTH-2008');

		// Sentences of other cases are for those who wrote them.
		const reasons = `/cases/${caseId}/review/reasons`;
		expect((await clerk.client.refused('GET', reasons)).code).toBe('AUTH-2008');
		const offered = offeredReasons.parse(await approver.client.get(`/cases/${caseId}/review/reasons`));
		await eventually(async () => {
			const later = offeredReasons.parse(await approver.client.get(`/cases/${caseId}/review/reasons`));
			expect(later.reasons['2']?.slice(0, 2).sort()).toEqual(['召开日期未填写', '未加盖公章'].sort());
		});
		expect(offered.reasons['5']).toContain('缺少副本');
	});

	it('V7 the next round begins with what is open, in a later call and by another approver, and passes', async () => {
		const call = await newCall();
		const { hub, clerk, caseId } = call;
		await markTwo(call);
		await conclude(call, 'correction');
		const colleague = await newPage(hub, 'approver', HANGZHOU);
		call.approver.socket.close();
		const second = {
			...call,
			approver: colleague,
			sessionId: await callAbout({ clerk, approver: colleague }, caseId),
		};
		expect(await reviewOf(clerk.client, caseId)).toMatchObject({
			round: 2,
			marks: { 1: { verdict: 'pass' }, 2: { verdict: null } },
			asked: { 2: { reasons: ['召开日期未填写', '未加盖公章'], round: 1 } },
		});
		// He had not heard that the round is over.
		const late = { materialNo: 2, verdict: 'pass' } as const;
		expect(await codeOf(mark(colleague.socket, { caseId, sessionId: null }, late))).toBe('REVIEW-4706');
		await mark(colleague.socket, second, { materialNo: 2, verdict: 'pass' }, { round: 2 });
		await conclude(second, 'pass');
		const review = await reviewOf(clerk.client, caseId);
		expect(review.rounds).toMatchObject([
			{ round: 1, conclusion: 'correction' },
			{ round: 2, conclusion: 'pass', notice: null },
		]);
		const supervisor = await hub.signIn('supervisor', HANGZHOU);
		const today = shanghaiDate(Date.now());
		await eventually(async () => {
			const { counters } = dayFigures.parse(await supervisor.get(`/figures?day=${today}`));
			expect(counters).toMatchObject([{ firstReviews: 1, firstPasses: 0, roundsToPass: 2 }]);
		});
		await eventually(async () => {
			const first = review.rounds[0]?.notice?.publicId ?? '';
			expect(await hub.client().get(`/public/notices/${first}`)).toMatchObject({ state: 'passed' });
		});
	});

	it('V7 a round that was broken off ends again in a later call: the notice is of the later one alone', async () => {
		const call = await newCall();
		const { clerk, approver, caseId } = call;
		await markTwo(call);
		await conclude(call, 'contactLater', '下午再看');
		const { round, rounds: broken } = await reviewOf(clerk.client, caseId);
		expect({ round, broken }).toMatchObject({ round: 1, broken: [{ round: 1, notice: null }] });
		await conclude({ approver, sessionId: await callAbout(call, caseId) }, 'correction');
		const { rounds } = await reviewOf(clerk.client, caseId);
		expect(rounds).toMatchObject([
			{ round: 1, conclusion: 'contactLater', notice: null, pdfSha256: null },
			{ round: 1, conclusion: 'correction', notice: { round: 1 } },
		]);
		const issued = rounds[1];
		await eventually(async () => {
			const shown = await call.hub.client().get(`/public/notices/${issued?.notice?.publicId ?? ''}`);
			expect(shown).toMatchObject({ state: 'open', issuedAt: issued?.endedAt });
		});
	});

	it('V7 a conclusion that contradicts the marks is refused and nothing of it stands', async () => {
		const call = await newCall();
		const { clerk, caseId } = call;
		await mark(call.approver.socket, call, { materialNo: 2, verdict: 'fix' });
		expect(await codeOf(conclude(call, 'pass'))).toBe('REVIEW-4703');
		expect(await codeOf(conclude(call, 'correction'))).toBe('REVIEW-4701');
		await mark(call.approver.socket, call, { materialNo: 2 });
		expect(await codeOf(conclude(call, 'correction'))).toBe('REVIEW-4704');
		const types = (await eventsOf(clerk.client, caseId)).map(({ type }) => type);
		expect(types).not.toContain('session.concluded');
		expect(types).not.toContain('review.ended');
	});

	it('V7 a city may switch off that 合格 takes a still; its administrator alone, on the city’s record', async () => {
		const { hub, clerk } = await newCall();
		const path = `/cities/${SONGJIANG}/review-settings`;
		expect(await clerk.client.get(path)).toEqual({ stillOnPass: true });
		const body = { commandId: randomUUID(), stillOnPass: false };
		expect((await clerk.client.refused('PUT', path, body)).code).toBe('AUTH-2008');
		const foreign = await hub.signIn('administrator', HANGZHOU);
		expect((await foreign.refused('PUT', path, body)).code).toBe('AUTH-2008');
		const administrator = await hub.signIn('administrator', SONGJIANG);
		await administrator.put(path, body);
		expect(await clerk.client.get(path)).toEqual({ stillOnPass: false });
	});
});
