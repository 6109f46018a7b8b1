import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { cityOf, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { FIRST_CITIES } from '@counter-hub/shared/cities/firstCities.ts';
import type { PersonData } from '../../features/persons/PersonStore.ts';
import { seededCounterId } from '../counters.ts';
import { stableId, stableTimeId } from '../stableId.ts';
import { fictitiousEnterprise, fictitiousPerson } from './applicants.ts';
import { CaseScript, type ScriptedEvent } from './CaseScript.ts';
import { officeMoment } from './officeHours.ts';
import { Random } from './random.ts';
import {
	abandoned,
	concludedAs,
	drawnOut,
	missedByWindow,
	missedCall,
	received,
	turnedAway,
	unconcluded,
	type Story,
} from './stories.ts';

/** One case of the demo, ready to be written. */
export interface DemoCase {
	id: string;
	name: string;
	caseNo: string;
	events: readonly ScriptedEvent[];
	person: PersonData & { id: string };
}
interface Plan {
	origin: CityCode;
	permit: CityCode;
	itemNo: number;
	/** How many days ago it was opened; 0 is today, just long enough ago for its story. */
	daysAgo: number;
	story: Story;
	posts?: 'A';
	applicant?: { enterprise: { name: string; uscc: string }; person: PersonData };
}

const MINUTE = 60_000;
const personIdOf = (index: number) => stableId(`person/${index}`);

/** The first case: what the guided tour of two windows begins with. */
const FIRST: Plan = {
	origin: '310117',
	permit: '330100',
	itemNo: 5,
	daysAgo: 0,
	posts: 'A',
	story: (script) => {
		script.pause(4).remark('材料 7 项已收，营业执照副本未带，经办人去取。');
		script.pause(3).remark('股东会决议只写了落款日期，会议日期空着，请许可地看是否要重出。').pause(6);
	},
	applicant: {
		enterprise: { name: '杭州澄砚精密仪器有限公司', uscc: '91330100MA0000023P' },
		person: { name: '何清', citizenId: '310117190001010012', phone: '13800000000' },
	},
};

const today = (origin: CityCode, permit: CityCode, itemNo: number, story: Story): Plan => ({
	origin,
	permit,
	itemNo,
	daysAgo: 0,
	story,
});

/** Sixty-two cases, the same at every run for the same `now`. */
export function demoCases(now: number): DemoCase[] {
	const random = new Random(20_261_123);
	const numbers = new Map<string, number>();
	return plans(random)
		.map((plan, index) => ({ plan, index, openedAt: openingOf(plan, index, now) }))
		.sort((a, b) => a.openedAt - b.openedAt)
		.map(({ plan, index, openedAt }) => {
			const script = tell(plan, index, openedAt);
			const prefix = `${cityOf(plan.origin).letters}-${shanghaiDate(openedAt).slice(2).replaceAll('-', '')}`;
			const number = (numbers.get(prefix) ?? random.between(2, 40)) + 1;
			numbers.set(prefix, number);
			return written(plan, index, openedAt, script, `${prefix}-${String(number).padStart(4, '0')}`);
		});
}

/** The highest number given per city and day. */
export function numbersOf(cases: readonly DemoCase[]): Map<string, number> {
	const highest = new Map<string, number>();
	for (const { caseNo } of cases) {
		const [prefix, number] = [caseNo.slice(0, -5), Number(caseNo.slice(-4))];
		highest.set(prefix, Math.max(highest.get(prefix) ?? 0, number));
	}
	return highest;
}

function plans(random: Random): Plan[] {
	const missed: Plan[] = [
		today('310117', '330700', 6, missedByWindow),
		today('320500', '310117', 12, missedCall),
		today('341800', '330100', 10, missedCall),
		today('340200', '330100', 9, missedCall),
		today('330500', '340100', 2, missedCall),
	];
	const conclusions = [
		'pass',
		'correction',
		'contactLater',
		'pass',
		'rejectionAdvised',
		'correction',
	] as const;
	const long: Plan[] = Array.from({ length: 10 }, (_, i) => ({
		...pairOf(i, random),
		itemNo: itemOf(random),
		daysAgo: 12 + i,
		story: drawnOut(
			3 + (i % 4),
			conclusions[i % conclusions.length] ?? 'pass',
			personIdOf(1 + missed.length + i),
		),
	}));
	const longest = 1 + missed.length + long.length;
	const veryLong: Plan = {
		origin: '310117',
		permit: '330100',
		itemNo: 26,
		daysAgo: 33,
		posts: 'A',
		story: drawnOut(26, 'correction', personIdOf(longest)),
	};
	const ordinary: Story[] = [
		concludedAs('pass'),
		concludedAs('correction'),
		received,
		concludedAs('pass'),
		concludedAs('contactLater'),
		unconcluded,
		concludedAs('rejectionAdvised'),
		turnedAway,
		concludedAs('pass'),
		abandoned,
		concludedAs('correction'),
	];
	const rest: Plan[] = Array.from({ length: 45 }, (_, i) => ({
		...pairOf(i, random),
		itemNo: itemOf(random),
		daysAgo: i < 6 ? 0 : random.between(1, 24),
		story: ordinary[i % ordinary.length] ?? received,
	}));
	return [FIRST, ...missed, ...long, veryLong, ...rest];
}

/** Every third case goes from 松江 to 杭州 or back; the others go anywhere. */
function pairOf(index: number, random: Random): { origin: CityCode; permit: CityCode } {
	if (index % 6 === 0) return { origin: '310117', permit: '330100' };
	if (index % 6 === 3) return { origin: '330100', permit: '310117' };
	const origin = FIRST_CITIES[index % FIRST_CITIES.length]?.code ?? '310117';
	const others = FIRST_CITIES.filter(({ code }) => code !== origin);
	return { origin, permit: random.pick(others).code };
}

function itemOf(random: Random): number {
	const itemNo = random.between(1, 29);
	return itemNo === 8 ? 30 : itemNo;
}

/** No story reaches into the future: a case was opened at least as long ago as its story takes. */
function openingOf(plan: Plan, index: number, now: number): number {
	const random = new Random(index + 1);
	const wished = plan.daysAgo === 0 ? now : officeMoment(now, plan.daysAgo, random);
	for (let openedAt = wished; ;) {
		const last = tell(plan, index, openedAt).events.at(-1)?.at ?? openedAt;
		const surplus = last - (now - (2 + 3 * (index % 7)) * MINUTE);
		if (surplus <= 0) return openedAt;
		openedAt -= surplus;
	}
}

function tell({ origin, permit, story, posts }: Plan, index: number, openedAt: number): CaseScript {
	const random = new Random(1000 + index);
	const script = new CaseScript(`case/${index}`, { origin, permit, posts: posts ?? 'any' }, openedAt, random);
	story(script, random);
	return script;
}

function written(plan: Plan, index: number, openedAt: number, script: CaseScript, caseNo: string): DemoCase {
	const random = new Random(5000 + index);
	const enterprise = plan.applicant?.enterprise ?? fictitiousEnterprise(plan.permit, index + 10, random);
	const person = plan.applicant?.person ?? fictitiousPerson(plan.permit, index + 10, random);
	const personId = personIdOf(index);
	const opened: ScriptedEvent = {
		at: openedAt,
		draft: {
			type: 'case.opened',
			actor: script.actor(script.clerk),
			data: {
				caseNo,
				itemNo: plan.itemNo,
				enterpriseName: enterprise.name,
				uscc: enterprise.uscc,
				usccWarning: false,
				personId,
				originCity: plan.origin,
				originCounterId: seededCounterId(plan.origin),
				permitCity: plan.permit,
				permitCounterId: seededCounterId(plan.permit),
				demo: true,
			},
		},
	};
	return {
		id: stableTimeId(script.name, openedAt),
		name: script.name,
		caseNo,
		events: [opened, ...script.events],
		person: { ...person, id: personId },
	};
}
