import { expect, it, onTestFinished, vi } from 'vitest';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { openCase, writeOn } from '../cases/caseFixtures.ts';
import { newHub } from '../platform/newHub.ts';
import { atDesk, type Person } from './people.ts';

/** A clerk at a desk, a case of hers, and a colleague who writes on it. */
async function atCase() {
	const hub = await newHub();
	const who = await hub.addStaff({ role: 'clerk', city: '310117', onShift: true });
	const colleague = await hub.signIn('clerk', '310117');
	const { id } = await openCase(colleague);
	const clerk: Person = await atDesk(hub, { city: '松江', role: 'clerk', ...who });
	onTestFinished(() => clerk.pc.shutDown());
	return { hub, who, colleague, id, clerk };
}

/** More than a page may watch. */
const VISITS = 25;

it('A2 a case opened and left 25 times before its timeline is there, is live at last', async () => {
	const { hub, colleague, id, clerk } = await atCase();
	const { page } = clerk;
	const others = await Promise.all(Array.from({ length: VISITS }, () => openCase(colleague)));
	const late = Promise.withResolvers<null>();
	let held = 0;
	const timelines = /\/cases\/[^/]+\/timeline\?/;
	await page.route(timelines, async (route) => {
		held += 1;
		await late.promise;
		// The page may have gone meanwhile.
		await route.continue().catch(() => undefined);
	});
	await page.goto(`${hub.url}/cases`);
	for (const other of others) {
		const before = held;
		await page.locator(`a[href="/cases/${other.id}"]`).first().click();
		await expect.poll(() => held, { timeout: 20_000 }).toBeGreaterThan(before);
		await page.goBack();
		await page.waitForURL(/\/cases$/);
	}
	late.resolve(null);
	await page.unroute(timelines);
	await page.locator(`a[href="/cases/${id}"]`).first().click();
	await page.getByText('实时', { exact: true }).waitFor();
	await writeOn(colleague, id, '离开很多次以后的记录');
	await page.getByRole('log').getByText('离开很多次以后的记录').waitFor();
	expect(clerk.errors).toEqual([]);
}, 180_000);

it('A2 H-5 a timeline that is live no more, because its reader may not read it, says so', async () => {
	const { hub, who, colleague, id, clerk } = await atCase();
	const { page } = clerk;
	await page.goto(`${hub.url}/cases/${id}`);
	await page.getByText('实时', { exact: true }).waitFor();
	const administrator = await hub.signIn('administrator', '310117', { cities: ['310117', '320500'] });
	const post = { role: 'clerk', cities: ['320500'], counterId: seededCounterId('320500') };
	await vi.waitFor(() => administrator.patch(`/staff/${who.id}`, { version: 1, post }));
	await page.getByRole('status').filter({ hasText: 'AUTH-2008' }).waitFor();
	await page.getByText('未实时更新').waitFor();
	await writeOn(colleague, id, '调岗后的记录');
	expect(await page.getByText('调岗后的记录').count()).toBe(0);
	expect(clerk.errors).toEqual([]);
});
