import { addDays, startOfDay } from '@counter-hub/shared/calendar/localDate.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { FIRST_CITIES } from '@counter-hub/shared/cities/firstCities.ts';
import { hoursOn } from '@counter-hub/shared/hours/opening.ts';
import { minuteOf, type Span } from '@counter-hub/shared/hours/spans.ts';
import type { Role } from '@counter-hub/shared/people/people.ts';
import type { DutyPost } from '@counter-hub/shared/rota/slots.ts';
import { calendarOf } from '../../features/calendar/calendarProjection.ts';
import { hoursFrom, hoursStateOf } from '../../features/hours/hoursProjection.ts';
import { dutyAt } from '../../features/rota/dutyAt.ts';
import type { HubContext } from '../../HubContext.ts';
import { seededCounterId } from '../counters.ts';
import { demoPerson, type DemoPerson } from '../staff.ts';
import { once } from './once.ts';
import { UNSIGNED } from './plantQualifications.ts';
import { Random } from './random.ts';
import { ShiftScript } from './ShiftScript.ts';
import { writeStory, type StoryStep } from './writeStory.ts';

/** Days that were served last of which the demo knows who was there. */
const DAYS = 2;
const LOOKED_BACK = 7;
const MINUTE = 60_000;
const SEED = 4_400;

/**
 * Shifts of the demo's last days, so that attendance has something to show: most were there in time, and some of the rest
 * have said why. Needs the rota. Once: a second run finds them done.
 */
export async function plantShifts(hub: HubContext): Promise<void> {
	await once(hub, 'demo-shifts', async (now) => {
		const random = new Random(SEED);
		const steps: StoryStep[] = [];
		for (const { code } of FIRST_CITIES) {
			const counterId = seededCounterId(code);
			const [hours, calendar] = await Promise.all([hoursStateOf(hub, counterId), calendarOf(hub)]);
			const today = shanghaiDate(now.getTime());
			const days = Array.from({ length: LOOKED_BACK }, (_, back) => addDays(today, -1 - back))
				.map((date) => ({ date, spans: hoursOn(hoursFrom(hours), calendar, date).spans ?? [] }))
				.filter(({ spans }) => spans.length > 0)
				.slice(0, DAYS);
			for (const [back, day] of days.entries()) {
				const { windows } = await dutyAt(hub, counterId, momentOf(day.date, day.spans[0]?.from));
				for (const [person, role, index] of peopleOf(code)) {
					const at = windows.find(({ a, b }) => a === person.id || b === person.id);
					if (!at || person.name === UNSIGNED) continue;
					const post: DutyPost = at.a === person.id ? 'a' : 'b';
					const shift = new ShiftScript(person, { windowId: at.windowId, date: day.date, post });
					const story = STORIES[`${code}/${role}${index}/${back}`] ?? usualDay;
					story(shift, day, random);
					steps.push(...shift.steps);
				}
			}
		}
		await writeStory(hub, steps);
	});
}

interface Day {
	readonly date: string;
	readonly spans: readonly Span[];
}
type Story = (shift: ShiftScript, day: Day, random: Random) => void;

const peopleOf = (city: string): [DemoPerson, Role, number][] =>
	(['clerk', 'approver'] as const).flatMap((role) =>
		[0, 1].map((index): [DemoPerson, Role, number] => [demoPerson(city, role, index), role, index]),
	);
const momentOf = (date: string, time = '00:00'): number => startOfDay(date) + minuteOf(time) * MINUTE;
const firstOf = ({ date, spans }: Day): number => momentOf(date, spans[0]?.from);
const lastOf = ({ date, spans }: Day): number => momentOf(date, spans.at(-1)?.to);

function usualDay(shift: ShiftScript, day: Day, random: Random): void {
	shift.open(firstOf(day) - random.between(2, 9) * MINUTE);
	noon(shift, day, random);
	shift.close(lastOf(day) + random.between(1, 6) * MINUTE);
}

/** Between the morning's hours and the afternoon's. */
function noon(shift: ShiftScript, { date, spans }: Day, random: Random): void {
	const [morning, afternoon] = spans;
	if (!morning || !afternoon) return;
	shift.pause(momentOf(date, morning.to) + random.between(1, 4) * MINUTE, 'meal', null);
	shift.resume(momentOf(date, afternoon.from) - random.between(1, 5) * MINUTE);
}

/** City, role, post and days back. */
const STORIES: Readonly<Partial<Record<string, Story>>> = {
	'310117/clerk0/0': (shift, day, random) => {
		shift.open(firstOf(day) - 6 * MINUTE);
		noon(shift, day, random);
		shift.handOver(lastOf(day) - 4 * MINUTE, demoPerson('310117', 'clerk', 1), [
			{ key: 'seal-1', kind: 'seal', text: '封条 0231 至 0240' },
			{ key: 'document-1', kind: 'document', text: '待寄营业执照正本 1 份' },
		]);
		shift.close(lastOf(day) + 2 * MINUTE);
	},
	'310117/approver1/1': (shift, day, random) => {
		shift.open(firstOf(day) + 12 * MINUTE);
		noon(shift, day, random);
		shift.close(lastOf(day) + MINUTE);
		shift.explain(lastOf(day) + 5 * MINUTE, '到区局取档案，已事先报告。');
	},
	'330100/approver0/0': (shift, day, random) => {
		shift.open(firstOf(day) + 17 * MINUTE);
		noon(shift, day, random);
		shift.close(lastOf(day) + 3 * MINUTE);
		shift.explain(firstOf(day) + 40 * MINUTE, '地铁停运，已电话报告，由俞洁先行顶岗。');
	},
	'330400/clerk1/0': (shift, day, random) => {
		shift.open(firstOf(day) - 3 * MINUTE, '扫描仪待修，已报修，先用高拍仪。');
		noon(shift, day, random);
		shift.close(lastOf(day) + 2 * MINUTE);
	},
	'320500/clerk0/0': (shift, day, random) => {
		shift.open(firstOf(day) - 5 * MINUTE);
		noon(shift, day, random);
		shift.close(lastOf(day) - 25 * MINUTE);
	},
	'341800/approver1/1': (shift, day) => {
		shift.open(firstOf(day) - 4 * MINUTE);
		shift.lapse(startOfDay(addDays(day.date, 1)) + 240 * MINUTE);
	},
};
