import { randomUUID } from 'node:crypto';
import {
	marksAnswer,
	type Drawing,
	type Marks,
	type MarkSubject,
} from '@counter-hub/shared/annotations/marks.ts';
import type { SessionView } from '@counter-hub/shared/sessions/sessions.ts';
import { subjectOfCase } from '@counter-hub/shared/cases/subjectOfCase.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import type { NewHubOptions, TestHub } from '../platform/newHub.ts';
import { ask, type TestClient } from '../platform/TestClient.ts';
import { answer, firstRing, newCounters, openCase, request, type Page } from '../sessions/newCounters.ts';

export const BOX: Drawing = { tool: 'box', points: [6_000, 7_000, 30_000, 20_000], text: '' };

/** A clerk and an approver in a call about a case. */
export async function newMarkedCall(options: NewHubOptions = {}) {
	const counters = await newCounters(options);
	const caseId = await openCase(counters.clerk.client);
	const { session } = await callAbout(counters, caseId);
	return { ...counters, caseId, session };
}

/** The clerk calls about a case, and the approver answers. */
export async function callAbout({ clerk, approver }: Record<'clerk' | 'approver', Page>, caseId: string) {
	const known = approver.rings.length;
	const { session } = await request(clerk, caseId);
	if (known === 0) await firstRing(approver);
	return answer(approver, session.id);
}

/** The paper under the clerk's camera. */
export const clerksPaper = (
	{ caller }: Pick<SessionView, 'caller'>,
	more: Partial<Extract<MarkSubject, { kind: 'live' }>> = {},
): MarkSubject => ({
	kind: 'live',
	participantId: caller.participantId,
	source: 'document',
	paper: 0,
	materialNo: null,
	...more,
});

export interface Asked {
	caseId: string;
	sessionId: string | null;
	on: MarkSubject;
	drawing?: Drawing;
	commandId?: string;
}
export const draw = ({ socket }: Pick<Page, 'socket'>, asked: Asked) =>
	ask(socket, 'mark:draw', { commandId: randomUUID(), drawing: BOX, ...asked });

export const erase = (
	{ socket }: Pick<Page, 'socket'>,
	asked: { caseId: string; sessionId: string | null; markId: string; commandId?: string },
) => ask(socket, 'mark:erase', { commandId: randomUUID(), ...asked });

export async function marksOf(client: TestClient, caseId: string): Promise<Marks> {
	return marksAnswer.parse(await client.get(`/cases/${caseId}/marks`)).state;
}

/** A still of the case, as the feature of stills puts it on the timeline. */
export async function takeStill(hub: TestHub, caseId: string, by: string): Promise<string> {
	const stillId = randomUUID();
	await timeline(hub.context).append({
		subject: subjectOfCase(caseId),
		commandId: stillId,
		decide: () => [
			{
				type: 'still.taken',
				data: {
					stillId,
					materialNo: 2,
					sha256: 'a'.repeat(64),
					thumbnailSha256: null,
					size: 1,
					kind: 'image/png',
					width: 1920,
					height: 1080,
					askedBy: by,
				},
				actor: { kind: 'system', by: 'hub' },
			},
		],
	});
	return stillId;
}
