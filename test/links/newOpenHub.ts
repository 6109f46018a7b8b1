import { randomUUID } from 'node:crypto';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { addDays } from '@counter-hub/shared/calendar/localDate.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { CITIES, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { newHub, type NewHubOptions, type TestHub } from '../platform/newHub.ts';

/** Sets whether a city's counter serves on a date, whatever weekday or holiday it is. */
export async function serve(hub: TestHub, city: CityCode, date: string, serves = true): Promise<void> {
	const spans = serves ? [{ from: '00:00', to: '24:00' }] : [];
	await timeline(hub.context).append({
		subject: `counter:${seededCounterId(city)}`,
		commandId: randomUUID(),
		decide: () => [
			{
				type: 'hours.exceptionSet',
				data: { date, spans, reason: '测试' },
				actor: { kind: 'system', by: 'hub' },
			},
		],
	});
}

/** A hub of nine counters that serve today and tomorrow. */
export async function newOpenHub(options: NewHubOptions = {}): Promise<TestHub> {
	const hub = await newHub(options);
	const today = shanghaiDate(Date.now());
	for (const { code } of CITIES) for (const date of [today, addDays(today, 1)]) await serve(hub, code, date);
	return hub;
}
