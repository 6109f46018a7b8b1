import { expect, test } from 'vitest';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { fitnessPage } from '@counter-hub/shared/fitness/fitness.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import {
	EXAM_ENDS_SOON,
	plantQualifications,
	UNSIGNED,
} from '@counter-hub/hub-server/seed/demo/plantQualifications.ts';
import { plantUndertaking } from '@counter-hub/hub-server/seed/plantUndertaking.ts';
import { plantStaff } from '@counter-hub/hub-server/seed/staff.ts';
import { newHub } from '../platform/newHub.ts';
import { publisherOf } from '../undertakings/undertaking.ts';

test('S4.3 the demo’s people are fit for a shift; one exam runs out soon, one signature is missing; a repeat adds nothing', async () => {
	const now = Date.now();
	const hub = await newHub({ now: () => now });
	const { context } = hub;
	const admin = await publisherOf(hub);
	await plantStaff(context.connection, () => 'counter-hub-demo', new Date(now));
	const plant = async () => {
		await plantUndertaking(context);
		await plantQualifications(context);
		await timeline(context).flushProjections();
		return fitnessPage.parse(await admin.get('/fitness?limit=200'));
	};
	const first = await plant();
	expect(first.people).toHaveLength(36);
	expect(first.people.filter(({ lacks }) => lacks.length > 0)).toMatchObject([
		{ name: UNSIGNED, lacks: [{ kind: 'undertaking', version: 1 }], signed: null },
	]);
	const soon = shanghaiDate(now + EXAM_ENDS_SOON.days * 86_400_000);
	expect(first.people.filter(({ expiring }) => expiring.length > 0)).toMatchObject([
		{ name: EXAM_ENDS_SOON.name, expiring: [{ kind: 'exam', validUntil: soon }] },
	]);
	expect(await plant()).toEqual(first);
	const [person] = first.people;
	expect((await timeline(context).page(`staff:${person?.staffId ?? ''}`, { limit: 50 })).head).toBe(4);
});
