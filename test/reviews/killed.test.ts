import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { reviewView } from '@counter-hub/shared/reviews/reviews.ts';
import { stillList } from '@counter-hub/shared/stills/stills.ts';
import { openCase } from '../cases/caseFixtures.ts';
import { sha256, upload } from '../blobs/uploading.ts';
import { eventually } from '../platform/eventually.ts';
import { insist } from '../platform/insist.ts';
import { newProcesses, type Processes } from '../platform/processes.ts';
import { ask } from '../platform/TestClient.ts';
import { eventsOf, firstRing, HANGZHOU, openPage, SONGJIANG } from '../sessions/newCounters.ts';
import { newPng } from '../stills/pictures.ts';

const REASONS = ['缺页', '未加盖公章'];
const FIXED = [2, 3];
const PASSED = [1, 5];

/** Steps in which something falls, at whichever of their moments; and after the last one, while the notice is made. */
const FALLS = [0, 3, 6];
const STEP_MS = 60;

test.each<[string, (processes: Processes) => Promise<unknown>]>([
	['the hub', (processes) => processes.restartHub()],
	['the database', (processes) => processes.restartMongod()],
])(
	'V5 V7 T-10 H-7 %s is killed in steps of a review, and when it ends: stills, marks and the notice are there once',
	async (_what, kill) => {
		const processes = await newProcesses({ ownMongod: true });
		const clerk = await openPage(await processes.signIn('clerk', SONGJIANG));
		const approver = await openPage(await processes.signIn('approver', HANGZHOU));
		const { id: caseId } = await openCase(clerk.client);
		const call = { commandId: randomUUID(), caseId, purpose: 'review', note: '', callsBack: null } as const;
		await ask(clerk.socket, 'session:request', call);
		const { session } = await firstRing(approver);
		const sessionId = session.id;
		await ask(approver.socket, 'session:answer', { commandId: randomUUID(), sessionId });

		const pictures = FIXED.map(() => newPng(64, 48));
		const take = (picture: Buffer, materialNo: number) => async () => {
			await eventually(() => upload(clerk.client, picture));
			const order = {
				...{ commandId: randomUUID(), caseId, sessionId, materialNo, sha256: sha256(picture) },
				...{ thumbnailSha256: null, width: 64, height: 48, askedBy: approver.staffId },
			};
			await insist(clerk.client, (socket) => ask(socket, 'still:store', order), clerk.client.pageId);
		};
		const mark = (materialNo: number) => async () => {
			const content = { materialNo, needed: null, neededWhy: '', bring: '原件' };
			const order = {
				...{ commandId: randomUUID(), caseId, sessionId, round: 1 },
				mark: FIXED.includes(materialNo)
					? { ...content, verdict: 'fix' as const, reasons: REASONS }
					: { ...content, verdict: 'pass' as const, reasons: [] },
			};
			await insist(approver.client, (socket) => ask(socket, 'review:mark', order), approver.client.pageId);
		};
		const conclude = async () => {
			const order = { commandId: randomUUID(), sessionId, conclusion: 'correction', note: '' } as const;
			await insist(
				approver.client,
				(socket) => ask(socket, 'session:conclude', order),
				approver.client.pageId,
			);
		};
		const steps = [
			...pictures.map((picture, i) => take(picture, FIXED[i] ?? NaN)),
			...[...PASSED, ...FIXED].map(mark),
			conclude,
		];
		for (const [i, step] of steps.entries()) {
			const falls = FALLS.includes(i);
			await Promise.all([step(), falls && pause(STEP_MS * Math.random()).then(() => kill(processes))]);
		}
		await kill(processes);

		const stills = stillList.parse(await clerk.client.get(`/cases/${caseId}/stills`)).state;
		expect(stills.map((one) => one.sha256)).toEqual(pictures.map(sha256));
		const notice = await eventually(async () => {
			const { state } = reviewView.parse(await approver.client.get(`/cases/${caseId}/review`));
			const [round] = state.rounds;
			if (!round?.notice || round.pdfSha256 === null) throw new Error('the notice is not filed');
			return { ...round.notice, pdfSha256: round.pdfSha256 };
		});
		expect(notice.entries).toMatchObject(
			FIXED.map((materialNo, i) => ({ materialNo, reasons: REASONS, stillIds: [stills[i]?.stillId] })),
		);
		const pdf = await fetch(
			`${processes.hub.ready.url}/api/v1/cases/${caseId}/notices/${notice.noticeId}/pdf`,
			{ headers: { authorization: `Bearer ${clerk.client.token}` } },
		);
		expect(sha256(Buffer.from(await pdf.arrayBuffer()))).toBe(notice.pdfSha256);
		const count = new Map<string, number>();
		for (const { type } of await eventsOf(approver.client, caseId))
			count.set(type, (count.get(type) ?? 0) + 1);
		expect(Object.fromEntries(count)).toMatchObject({
			'still.taken': FIXED.length,
			'review.marked': FIXED.length + PASSED.length,
			'session.concluded': 1,
			'review.ended': 1,
			'review.noticeIssued': 1,
			'review.noticeFiled': 1,
		});
	},
	180_000,
);
