import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { Conclusion, DeclineReason, SessionPurpose } from '@counter-hub/shared/sessions/sessionTerms.ts';
import { applySessionEvent, type SessionEvent } from '@counter-hub/shared/sessions/applySessionEvent.ts';
import type { Session } from '@counter-hub/shared/sessions/Session.ts';
import { transition, type SessionCommand } from '@counter-hub/shared/sessions/sessionMachine.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import { participantIdOf } from '../../features/media-nodes/MediaGrants.ts';
import { seededCounterId, seededWindowId } from '../counters.ts';
import { demoPerson, type DemoPerson } from '../staff.ts';
import { stableTimeId } from '../stableId.ts';
import { withinOfficeHours } from './officeHours.ts';
import type { Random } from './random.ts';

/** One event of a story and when it happened (ms since 1970), or a remark, which some feature may know how to tell. */
export type ScriptedEvent = { at: number } & ({ draft: EventDraft } | { remark: string; by: EventActor });
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const NODE = 'demo-node';

/** Writes the story of one case: what both sides did, through the same session machine that the hub uses. */
export class CaseScript {
	readonly events: ScriptedEvent[] = [];
	readonly name: string;
	readonly originCity: CityCode;
	readonly permitCity: CityCode;
	readonly clerk: DemoPerson;
	readonly approver: DemoPerson;
	readonly #random: Random;
	#now: number;
	#session: Session | null = null;
	#sessions = 0;

	constructor(
		name: string,
		{ origin, permit, posts }: { origin: CityCode; permit: CityCode; posts: 'A' | 'any' },
		openedAt: number,
		random: Random,
	) {
		this.name = name;
		this.originCity = origin;
		this.permitCity = permit;
		this.clerk = demoPerson(origin, 'clerk', posts === 'A' ? 0 : random.between(0, 1));
		this.approver = demoPerson(permit, 'approver', posts === 'A' ? 0 : random.between(0, 1));
		this.#now = openedAt;
		this.#random = random;
	}

	get now(): number {
		return this.#now;
	}

	/** Lets time pass; the length is one between the two, in minutes. */
	pause(from: number, to = from): this {
		this.#now += Math.round((from + this.#random.next() * (to - from)) * MINUTE);
		return this;
	}

	/** The applicant comes again: an hour or more later, or on the next working day if the counter closes before. */
	nextVisit(): this {
		this.pause(60, 200);
		this.#now = withinOfficeHours(this.#now, this.#random);
		return this;
	}

	add(draft: EventDraft): this {
		this.events.push({ at: this.#now, draft });
		return this;
	}

	remark(text: string, by: DemoPerson = this.clerk): this {
		this.events.push({ at: this.#now, remark: text, by: this.actor(by) });
		return this;
	}

	unmask(personId: string, reason: string, by: DemoPerson = this.clerk): this {
		return this.add({ type: 'person.unmasked', data: { personId, reason }, actor: this.actor(by) });
	}

	/** One side calls the other. */
	call(
		note: string,
		{
			purpose = 'review',
			by = this.clerk,
			callsBack = null,
		}: { purpose?: SessionPurpose; by?: DemoPerson; callsBack?: string | null } = {},
	): this {
		const toPermit = by === this.clerk;
		const sessionId = stableTimeId(`${this.name}/session/${++this.#sessions}`, this.#now);
		const city = toPermit ? this.permitCity : this.originCity;
		this.#session = null;
		this.#run(this.actor(by), {
			type: 'request',
			sessionId,
			purpose,
			note,
			caller: this.#party(by, sessionId),
			toCounterId: seededCounterId(city),
			toCity: city,
			toDuty: toPermit ? 'permit' : 'receiving',
			callsBack,
		});
		const ringUntil = new Date(this.#now + 45 * SECOND).toISOString();
		return this.#run({ kind: 'system', by: 'hub' }, { type: 'ring', nodeId: NODE, ringUntil });
	}

	answered(by: DemoPerson = this.approver): this {
		this.#wait(4, 30);
		const { id, caller } = this.#current();
		const callee = this.#party(by, id);
		this.#run(this.actor(by), { type: 'answer', callee });
		this.#joined(callee.participantId);
		return this.#joined(caller.participantId);
	}

	declined(reason: DeclineReason, note: string, by: DemoPerson = this.approver): this {
		this.#wait(5, 25);
		return this.#run(this.actor(by), { type: 'decline', reason, note });
	}

	missed(): this {
		this.#now += 45 * SECOND;
		return this.#run({ kind: 'system', by: 'deadline' }, { type: 'expire' });
	}

	/** Whoever missed the last call calls back, and is answered. */
	calledBack(note: string): this {
		const { id, caller } = this.#current();
		const [by, other] =
			caller.staffId === this.clerk.id ? [this.approver, this.clerk] : [this.clerk, this.approver];
		return this.call(note, { by, callsBack: id }).answered(other);
	}

	cancelled(by: DemoPerson = this.clerk): this {
		this.#wait(8, 40);
		return this.#run(this.actor(by), { type: 'cancel', staffId: by.id });
	}

	/** One side's line breaks for some seconds. */
	brokenLine(side: 'caller' | 'callee'): this {
		const { caller, callee } = this.#current();
		const { participantId } = side === 'caller' ? caller : (callee ?? caller);
		const node: EventActor = { kind: 'system', by: 'mediaNode' };
		this.#run(node, { type: 'participantLeft', participantId, reason: 'connectionLost' });
		this.#wait(3, 20);
		return this.#joined(participantId);
	}

	/** The media node loses the room and brings it back. */
	mediaGap(): this {
		const node: EventActor = { kind: 'system', by: 'mediaNode' };
		this.#run(node, { type: 'mediaLost', reason: 'workerDied' });
		this.#now += this.#random.between(500, 1500);
		return this.#run(node, { type: 'mediaRestored' });
	}

	concluded(conclusion: Conclusion, note: string, by: DemoPerson = this.approver): this {
		return this.#run(this.actor(by), { type: 'conclude', conclusion, note, duty: 'permit' });
	}

	hungUp(): this {
		return this.#run(this.actor(this.clerk), { type: 'hangUp', staffId: this.clerk.id });
	}

	/** Both sides are gone for ten minutes. */
	abandoned(): this {
		const node: EventActor = { kind: 'system', by: 'mediaNode' };
		for (const participantId of Object.keys(this.#current().present)) {
			this.#wait(1, 6);
			this.#run(node, { type: 'participantLeft', participantId, reason: 'connectionLost' });
		}
		this.#now += 10 * MINUTE + SECOND;
		return this.#run({ kind: 'system', by: 'deadline' }, { type: 'abandon' });
	}

	actor(by: DemoPerson): EventActor {
		const atOrigin = by.cities[0] === this.originCity;
		const cityCode = atOrigin ? this.originCity : this.permitCity;
		return {
			kind: 'staff',
			staffId: by.id,
			role: by.role,
			cityCode,
			counterId: seededCounterId(cityCode),
			windowId: seededWindowId(cityCode, by.displayName.length % 2 === 0 ? 2 : 1),
			duty: atOrigin ? 'receiving' : 'permit',
		};
	}

	#joined(participantId: string): this {
		this.#now += this.#random.between(200, 900);
		return this.#run({ kind: 'system', by: 'mediaNode' }, { type: 'participantJoined', participantId });
	}

	#wait(from: number, to: number): void {
		this.#now += Math.round((from + this.#random.next() * (to - from)) * SECOND);
	}

	#current(): Session {
		if (!this.#session) throw new RangeError('no session was requested');
		return this.#session;
	}

	#party(by: DemoPerson, sessionId: string): Session['caller'] {
		const atOrigin = by.cities[0] === this.originCity;
		const cityCode = atOrigin ? this.originCity : this.permitCity;
		return {
			participantId: participantIdOf(sessionId, by.id),
			staffId: by.id,
			counterId: seededCounterId(cityCode),
			cityCode,
			duty: atOrigin ? 'receiving' : 'permit',
			windowId: seededWindowId(cityCode, by.displayName.length % 2 === 0 ? 2 : 1),
		};
	}

	#run(actor: EventActor, command: SessionCommand): this {
		for (const draft of transition(this.#session, command, { actor, now: this.#now })) {
			this.#session = applySessionEvent(this.#session, {
				...draft,
				at: new Date(this.#now).toISOString(),
			} as SessionEvent);
			this.add(draft);
		}
		return this;
	}
}
