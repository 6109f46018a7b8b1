import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openCase } from '../cases/caseFixtures.ts';
import { eventually } from '../platform/eventually.ts';
import { newProcesses } from '../platform/processes.ts';
import { eventsOf } from '../sessions/newCounters.ts';
import { readDraft, write } from './formFixtures.ts';

/** Fields that are written side by side, one change after the other in each. */
const PATHS = ['domicile', 'nationality', 'formerName', 'newName', 'agentName', 'representativeEmail'];
const CHANGES = 25;

test('V8 A3 hub killed while fields are written: what was acknowledged is there, nothing twice', async () => {
	const processes = await newProcesses({ media: false });
	const clerk = await processes.signIn('clerk', '310117');
	const { id: caseId } = await openCase(clerk);
	const revisions: number[] = [];
	let acknowledged = 0;

	/** As a page does: the same command again until its outcome is known, the next change only then. */
	async function change(path: string, value: string, basedOn: number): Promise<number> {
		const commandId = randomUUID();
		return eventually(async () => {
			const socket = await clerk.socket({ pageId: randomUUID() });
			try {
				const { revision } = await write({ socket, caseId }, { path, value, basedOn, commandId });
				return revision;
			} finally {
				socket.close();
			}
		});
	}
	const writing = PATHS.map(async (path) => {
		let revision = 0;
		for (let i = 1; i <= CHANGES; i += 1) {
			revision = await change(path, String(i), revision);
			revisions.push(revision);
			acknowledged += 1;
		}
	});
	let killed = 0;
	const killing = (async () => {
		for (const at of [20, 60, 100]) {
			await expect.poll(() => acknowledged, { timeout: 60_000 }).toBeGreaterThan(at);
			await processes.restartHub();
			killed += 1;
		}
	})();
	await Promise.all([...writing, killing]);
	expect(killed).toBe(3);

	const total = PATHS.length * CHANGES;
	// Each change has a revision of its own: none was carried out twice, and none is missing.
	expect(new Set(revisions).size).toBe(total);
	const draft = await readDraft(clerk, caseId);
	expect(draft.revision).toBe(total);
	for (const path of PATHS) expect(draft.fields[path]?.value).toBe(String(CHANGES));
	const begun = (await eventsOf(clerk, caseId)).filter(({ type }) => type === 'form.begun');
	expect(begun).toHaveLength(1);
}, 180_000);
