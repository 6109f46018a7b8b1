import type { DutyPost } from '@counter-hub/shared/rota/slots.ts';
import type { PauseReason, Thing } from '@counter-hub/shared/shifts/shiftTerms.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import {
	ATTENDANCE_DAY,
	attendanceDayKey,
	SHIFT,
	subjectOfShifts,
} from '../../features/shifts/shiftProjections.ts';
import type { DemoPerson } from '../staff.ts';
import { stableId } from '../stableId.ts';
import { actorOf } from './actorOf.ts';
import type { StoryStep } from './writeStory.ts';

interface Place {
	readonly windowId: string;
	readonly date: string;
	readonly post: DutyPost;
}
/** An event without who did it and its place in a machine. */
type Step = Pick<EventDraft, 'type' | 'data'>;

/** Writes what one person did on one day of the demo. Moments are in ms since 1970 and do not go back. */
export class ShiftScript {
	readonly steps: StoryStep[] = [];
	readonly #person: DemoPerson;
	readonly #place: Place;
	readonly #name: string;
	#version = 0;

	constructor(person: DemoPerson, place: Place) {
		this.#person = person;
		this.#place = place;
		this.#name = `shift/${person.name}/${place.date}`;
	}

	/** Without a reason: everything was checked and works. */
	open(at: number, reason: string | null = null): void {
		const { counterId, cities } = this.#person;
		const [cityCode] = cities;
		if (counterId === null || cityCode === undefined) throw new RangeError('the person serves at no counter');
		const check = { checked: reason === null, faults: [], lines: [] };
		this.#add(at, { type: 'shift.opened', data: { ...this.#place, counterId, cityCode, check, reason } });
	}

	pause(at: number, reason: PauseReason, note: string | null): void {
		this.#add(at, { type: 'shift.paused', data: { reason, note } });
	}

	resume(at: number): void {
		this.#add(at, { type: 'shift.resumed', data: {} });
	}

	/** Offered and confirmed. */
	handOver(at: number, to: DemoPerson, things: Thing[]): void {
		const handoverId = stableId(`${this.#name}/handover`);
		this.#add(at, { type: 'shift.handoverOffered', data: { handoverId, to: to.id, things } });
		for (const [index, { key }] of things.entries())
			this.#add(at + (index + 1) * 20_000, { type: 'shift.thingConfirmed', data: { handoverId, key } }, to);
	}

	close(at: number): void {
		this.#add(at, { type: 'shift.closed', data: { unhanded: null } });
	}

	/** Nobody closed it. */
	lapse(at: number): void {
		this.#add(at, { type: 'shift.lapsed', data: {} }, { kind: 'system', by: 'deadline' });
	}

	/** The first and last word about the day. */
	explain(at: number, text: string): void {
		const { id } = this.#person;
		const { date } = this.#place;
		this.#append(at, 'explained', {
			type: 'attendance.explained',
			data: { date, text },
			actor: actorOf(this.#person, this.#place.windowId),
			machine: `${ATTENDANCE_DAY}:${attendanceDayKey(id, date)}`,
			version: 1,
		});
	}

	#add(at: number, step: Step, by: DemoPerson | EventActor = this.#person): void {
		const version = ++this.#version;
		const actor = 'kind' in by ? by : actorOf(by, this.#place.windowId);
		const machine = `${SHIFT}:${stableId(this.#name)}`;
		this.#append(at, String(version), { ...step, actor, machine, version } as EventDraft);
	}

	#append(at: number, what: string, draft: EventDraft): void {
		const subject = subjectOfShifts(this.#person.id);
		this.steps.push({ subject, commandId: stableId(`${this.#name}/${what}`), at, drafts: [draft] });
	}
}
