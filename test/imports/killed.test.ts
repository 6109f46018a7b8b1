import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
	IMPORT_LIMITS,
	importPreview,
	importStep,
	type ApplyImportBody,
	type ImportStep,
} from '@counter-hub/shared/imports/staffImport.ts';
import { staffModel } from '@counter-hub/hub-server/features/people/Staff.model.ts';
import { settleLeftActs } from '@counter-hub/hub-server/features/people/settleActs.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { eventually } from '../platform/eventually.ts';
import { newProcesses } from '../platform/processes.ts';
import { SONGJIANG } from '../sessions/newCounters.ts';

const PEOPLE = IMPORT_LIMITS.batch * 2;
const STEP_MS = 900;

test('T-10 H-7 the hub is killed in steps of an import: everybody is there once, and the last passwords shown work', async () => {
	const processes = await newProcesses({ media: false });
	const { connection } = processes.registry.context;
	const admin = await processes.signIn('administrator', SONGJIANG);
	const rows = Array.from(
		{ length: PEOPLE },
		(_, index) => `310117-09${String(index).padStart(3, '0')},某某,专窗人员,松江专窗`,
	);
	const csv = ['工号,姓名,角色,专窗', ...rows].join('\n');
	const response = await admin.send('POST', '/imports/staff', csv, { 'content-type': 'text/csv' });
	const { hash } = importPreview.parse(response.body);
	const commandId = randomUUID();
	const passwords = new Map<string, string>();
	for (let after: number | null = 0; after !== null;) {
		const body: ApplyImportBody = { commandId, after };
		const step: Promise<ImportStep> = eventually(async () =>
			importStep.parse(await admin.post(`/imports/staff/${hash}/apply`, body)),
		);
		await pause(STEP_MS * Math.random());
		await processes.restartHub();
		const { outcomes, next } = await step;
		for (const one of outcomes) if (one.outcome === 'created') passwords.set(one.cells.name, one.password);
		after = next;
	}
	const made = await staffModel(connection).find({ displayName: '某某' }).lean();
	expect(made).toHaveLength(PEOPLE);
	expect(passwords.size).toBe(PEOPLE);
	await settleLeftActs(processes.registry.context, 'staff');
	for (const { _id } of made) {
		const { events } = await timeline(processes.registry.context).page(`staff:${_id}`, { limit: 50 });
		expect(events.map(({ type }) => type)).toEqual(['staff.created']);
	}
	for (const name of ['310117-09000', `310117-09${String(PEOPLE - 1).padStart(3, '0')}`])
		await eventually(() => processes.client().signIn(name, passwords.get(name) ?? ''));
}, 240_000);
