import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { FIRST_CITIES } from '@counter-hub/shared/cities/firstCities.ts';
import type { QualificationContent } from '@counter-hub/shared/qualifications/qualifications.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import { timeline } from '../../features/timeline/timeline.ts';
import type { HubContext } from '../../HubContext.ts';
import { demoPerson, type DemoPerson } from '../staff.ts';
import { stableId } from '../stableId.ts';
import { actorOf } from './actorOf.ts';

const DAY = 86_400_000;
const EXAM_DAYS = 290;
/** Whose exam runs out soon, and who has not signed yet: something to look at, and something to do. */
export const EXAM_ENDS_SOON = { name: '340200-0204', days: 20 } as const;
export const UNSIGNED = '340100-0302';

/** Gives the demo's clerks and approvers training, exams and signatures. A repeat finds what is there and adds nothing. */
export async function plantQualifications(hub: HubContext): Promise<void> {
	const people = FIRST_CITIES.flatMap(({ code }) =>
		[0, 1].flatMap((post) => [demoPerson(code, 'clerk', post), demoPerson(code, 'approver', post)]),
	);
	await Promise.all(people.flatMap((person) => eventsOf(person, hub.now()).map(append(hub, person))));
}

const append =
	(hub: HubContext, { id, name }: DemoPerson) =>
	({ what, draft }: { what: string; draft: EventDraft }) =>
		timeline(hub).append({
			subject: `staff:${id}`,
			commandId: stableId(`${name}/${what}`),
			decide: () => [draft],
		});

function eventsOf(person: DemoPerson, now: number): { what: string; draft: EventDraft }[] {
	const day = (days: number) => shanghaiDate(now + days * DAY);
	const examEnds = person.name === EXAM_ENDS_SOON.name ? EXAM_ENDS_SOON.days : EXAM_DAYS;
	const passed = (
		what: string,
		content: Pick<QualificationContent, 'kind' | 'title' | 'passedOn' | 'validUntil' | 'result'>,
	) => {
		const data = { qualificationId: stableId(`${person.name}/${what}`), ...content, proof: null };
		return { what, draft: { type: 'qualification.recorded' as const, data, actor: administrator(person) } };
	};
	return [
		passed('induction', {
			kind: 'induction',
			title: '专窗工作人员岗前培训',
			passedOn: day(-410),
			validUntil: null,
			result: '合格',
		}),
		passed('exam', {
			kind: 'exam',
			title: '专窗业务考核',
			passedOn: day(examEnds - 365),
			validUntil: day(examEnds),
			result: '92 分',
		}),
		passed('inService', {
			kind: 'inService',
			title: '远程审查与一次性告知专题培训',
			passedOn: day(-48),
			validUntil: null,
			result: '合格',
		}),
		...(person.name === UNSIGNED
			? []
			: [
					{
						what: 'signature',
						draft: { type: 'undertaking.signed' as const, data: { version: 1 }, actor: actorOf(person) },
					},
				]),
	];
}

/** The demo's administrator of all cities has recorded it. */
const administrator = (person: DemoPerson): EventActor =>
	actorOf({ ...person, id: stableId('staff/g60-0001'), role: 'administrator', counterId: null });
