import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { applyMarkEvent, NO_MARKS } from '@counter-hub/shared/annotations/applyMarkEvent.ts';
import { caseDetail } from '@counter-hub/shared/cases/cases.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { eventually } from '../platform/eventually.ts';
import { insist } from '../platform/insist.ts';
import { newProcesses, type Processes } from '../platform/processes.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { eventsOf, HANGZHOU, SONGJIANG } from '../sessions/newCounters.ts';
import { draw, erase, marksOf, takeStill } from './marking.ts';

async function openCase(clerk: TestClient): Promise<string> {
	const opened = await clerk.post('/cases', {
		commandId: randomUUID(),
		enterprise: { name: '杭州澄砚精密仪器有限公司', uscc: '91330100MA0000023P' },
		person: { name: '何清', citizenId: '310117190001010012', phone: '13800000000' },
		itemNo: 5,
		permitCounterId: seededCounterId(HANGZHOU),
	});
	return caseDetail.parse(opened).id;
}

test.each<[string, (processes: Processes) => Promise<unknown>]>([
	['the hub', (processes) => processes.restartHub()],
	['the database', (processes) => processes.restartMongod()],
])(
	'V6 T-10 H-7 %s is killed while people draw and erase: what was acknowledged stands once',
	async (_what, kill) => {
		const processes = await newProcesses({ media: false, ownMongod: true });
		const clerk = await processes.signIn('clerk', SONGJIANG);
		const approver = await processes.signIn('approver', HANGZHOU);
		const caseId = await openCase(clerk);
		const stillId = await takeStill(processes.registry, caseId, (await approver.me()).staff.id);
		const asked = { caseId, sessionId: null, on: { kind: 'still' as const, stillId } };
		const drawn = Array.from({ length: 24 }, () => randomUUID());
		const erased = drawn.filter((_, i) => i % 3 === 0);
		const people = [clerk, approver];
		const work = Promise.all(
			people.map(async (client, who) => {
				for (const [i, commandId] of drawn.entries()) {
					if (i % 2 !== who) continue;
					await insist(client, (socket) => draw({ socket }, { ...asked, commandId }));
					if (!erased.includes(commandId)) continue;
					const command = { caseId, sessionId: null, markId: commandId, commandId: randomUUID() };
					await insist(client, (socket) => erase({ socket }, command));
				}
			}),
		);
		await kill(processes);
		await work;
		const { marks } = await marksOf(clerk, caseId);
		expect(marks.map(({ markId }) => markId).sort()).toEqual(
			drawn.filter((one) => !erased.includes(one)).sort(),
		);
		const events = (await eventsOf(clerk, caseId)).filter(({ type }) => type.startsWith('mark.'));
		expect(events).toHaveLength(drawn.length + erased.length);
		// Folded once more from the beginning, it is what the hub answers.
		const folded = events.reduce(applyMarkEvent, NO_MARKS);
		await eventually(async () => {
			expect(await marksOf(clerk, caseId)).toEqual(folded);
		});
	},
);
