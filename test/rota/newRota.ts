import { randomUUID } from 'node:crypto';
import { dutyView, type DutyView } from '@counter-hub/shared/rota/duty.ts';
import { rotaView, type RotaView, type SlotChange } from '@counter-hub/shared/rota/rota.ts';
import { seededWindowId, seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { newHub, type NewHubOptions, type TestHub } from '../platform/newHub.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { SONGJIANG } from '../sessions/newCounters.ts';
import { pairIn } from './weeks.ts';

/** A Tuesday morning in Shanghai, of the week that tests plan; far ahead, as a token's end is held against the real time. */
export const TUESDAY = Date.parse('2093-11-24T09:30:00+08:00');
export const MONDAY = '2093-11-23';
export const COUNTER = seededCounterId(SONGJIANG);
export const WINDOW = seededWindowId(SONGJIANG, 1);

/** Somebody at a week of the counter in 松江: what he asks, and what comes back. */
export class Planner {
	readonly client: TestClient;
	readonly path: string;
	/** The version that he has seen last. */
	version = 0;

	constructor(client: TestClient, monday = MONDAY) {
		this.client = client;
		this.path = `/counters/${COUNTER}/rotas/${monday}`;
	}

	async read(): Promise<RotaView> {
		return this.#seen(await this.client.get(this.path));
	}

	plan(change: object): Promise<RotaView> {
		return this.command('plan', change);
	}

	assign(...slots: SlotChange[]): Promise<RotaView> {
		return this.plan({ slots });
	}

	/** Sends a command on the version that he has seen. */
	async command(what: string, body: object = {}): Promise<RotaView> {
		return this.#seen(await this.client.post(`${this.path}/${what}`, this.bodyOf(body)));
	}

	/** The problem that a command is refused with. */
	refused(what: string, body: object = {}) {
		return this.client.refused('POST', `${this.path}/${what}`, this.bodyOf(body));
	}

	bodyOf(body: object): object {
		return { commandId: randomUUID(), version: this.version, ...body };
	}

	#seen(answer: unknown): RotaView {
		const view = rotaView.parse(answer);
		this.version = view.version;
		return view;
	}
}

export const dutyOn = async (client: TestClient, date?: string): Promise<DutyView> =>
	dutyView.parse(await client.get(date === undefined ? '/duty' : `/duty?date=${date}`));

/** A hub with a planner, and four people of the counter in 松江. */
export async function newRota(options: NewHubOptions = {}) {
	const hub = await newHub({ now: () => TUESDAY, ...options });
	const planner = new Planner(await hub.signIn('supervisor', SONGJIANG));
	const [chen, gu, shen, xu] = await Promise.all([
		member(hub, '陈静', 'clerk'),
		member(hub, '顾彤', 'clerk'),
		member(hub, '沈悦', 'approver'),
		member(hub, '徐立', 'approver'),
	]);
	return { hub, planner, chen, gu, shen, xu };
}

/** The same with one window served, planned by two people and published. */
export async function newPublished(options: NewHubOptions = {}) {
	const made = await newRota(options);
	const { planner, chen, gu } = made;
	await planner.plan({ servedWindows: [WINDOW], slots: pairIn(WINDOW, chen, gu) });
	await planner.command('publication');
	return made;
}

async function member(hub: TestHub, displayName: string, role: 'clerk' | 'approver'): Promise<string> {
	return (await hub.addStaff({ role, city: SONGJIANG, displayName })).id;
}
