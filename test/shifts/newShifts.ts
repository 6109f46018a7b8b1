import { randomUUID } from 'node:crypto';
import { ownShift, type OwnShift } from '@counter-hub/shared/shifts/shifts.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { seededCounterId, seededWindowId } from '@counter-hub/hub-server/seed/counters.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { WEEKDAYS, weekAt } from '@counter-hub/shared/rota/week.ts';
import type { TestHub } from '../platform/newHub.ts';
import { pairIn } from '../rota/weeks.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { SONGJIANG } from '../sessions/newCounters.ts';

export const WINDOW = seededWindowId(SONGJIANG, 1);
export const OTHER_WINDOW = seededWindowId(SONGJIANG, 2);
export const REASON = '高拍仪待修，先行开班';

/** Somebody and the shift of that person. */
export class OnDuty {
	readonly client: TestClient;
	/** As last seen. */
	shiftId = '';

	constructor(client: TestClient) {
		this.client = client;
	}

	async own(windowId?: string): Promise<OwnShift> {
		return this.#seen(await this.client.get(`/shifts/own${windowId ? `?windowId=${windowId}` : ''}`));
	}

	async open(reason: string | null = REASON, windowId = WINDOW): Promise<OwnShift> {
		return this.#seen(await this.client.post('/shifts', { commandId: randomUUID(), windowId, reason }));
	}

	async step(what: string, body: object = {}, shiftId = this.shiftId): Promise<OwnShift> {
		return this.#seen(await this.client.post(`/shifts/${shiftId}/${what}`, bodyOf(body)), false);
	}

	/** The code that a step is refused with. */
	async refused(what: string, body: object = {}, shiftId = this.shiftId): Promise<string> {
		return (await this.client.refused('POST', `/shifts/${shiftId}/${what}`, bodyOf(body))).code;
	}

	#seen(answer: unknown, keeps = true): OwnShift {
		const own = ownShift.parse(answer);
		if (keeps) this.shiftId = own.shift?.id ?? this.shiftId;
		return own;
	}
}

const bodyOf = (body: object) => ({ commandId: randomUUID(), ...body });

/** Publishes this week's rota of a counter: the same two people at its first window on all days. */
export async function publishWeek(
	hub: TestHub,
	city: CityCode,
	{ a, b, published = true }: { a: string; b: string; published?: boolean },
): Promise<void> {
	const windowId = seededWindowId(city, 1);
	const actor = { kind: 'system', by: 'hub' } as const;
	const days = [...WEEKDAYS];
	const data = {
		servedDays: days,
		servedWindows: [windowId],
		slots: pairIn(windowId, a, b, days),
		copiedFrom: null,
	};
	await timeline(hub.context).append({
		subject: `rota:${seededCounterId(city)}~${weekAt(hub.context.now())}`,
		commandId: randomUUID(),
		decide: () => [
			{ type: 'rota.planned', data, actor },
			...(published ? [{ type: 'rota.published', data: {}, actor } as const] : []),
		],
	});
}
