import { LRUCache } from 'lru-cache';
import type { HubContext } from '../../HubContext.ts';
import { TIMELINE_MEMORY } from '../../limits.ts';
import { perHub } from '../../perHub.ts';
import type { TimelineEvent } from '../timeline/types.ts';
import { findSession } from './runSessionCommand.ts';
import { sessionsProjection, type SessionRecord } from './sessionProjections.ts';

const HELD_MAX = 5_000;

/** Sessions as the news of all hubs tell them: for showing them. Decisions read the timeline. */
class SeenSessions {
	readonly #hub: HubContext;
	readonly #held = new LRUCache<string, SessionRecord>({ max: HELD_MAX, ...TIMELINE_MEMORY });
	readonly #ringing = new Map<string, SessionRecord>();

	constructor(hub: HubContext) {
		this.#hub = hub;
	}

	/** The sessions that these events changed, each as it is after the last of them. */
	async follow(events: readonly TimelineEvent[]): Promise<SessionRecord[]> {
		const changed = new Map<string, SessionRecord>();
		for (const event of events) {
			const { version } = event;
			const sessionId = event.about?.sessionId;
			if (sessionId === undefined || version === undefined) continue;
			const known = this.#held.get(sessionId);
			const joinsOn = version === (known?.version ?? 0) + 1;
			if (known && version <= known.version) changed.set(sessionId, known);
			else {
				const session = joinsOn
					? sessionsProjection.apply(known, event)
					: await findSession(this.#hub, sessionId);
				if (!session) continue;
				this.#held.set(sessionId, session);
				if (session.state === 'ringing') this.#ringing.set(sessionId, session);
				else this.#ringing.delete(sessionId);
				changed.set(sessionId, session);
			}
		}
		return [...changed.values()];
	}

	forgetIdle(): void {
		this.#held.purgeStale();
	}

	/** Those that ring at a counter: of the documents given, which lag behind, and of the news. */
	ringingAt(counterId: string, documents: readonly SessionRecord[], now: string): SessionRecord[] {
		const found = new Map(documents.map((session) => [session.id, session]));
		for (const session of this.#ringing.values()) {
			if (session.ringUntil !== null && session.ringUntil <= now) this.#ringing.delete(session.id);
			else if (session.toCounterId === counterId) found.set(session.id, session);
		}
		return [...found.values()]
			.map((session) => {
				const seen = this.#held.get(session.id);
				return seen && seen.version > session.version ? seen : session;
			})
			.filter(({ state, ringUntil }) => state === 'ringing' && ringUntil !== null && ringUntil > now)
			.sort((a, b) => a.requestedAt.localeCompare(b.requestedAt));
	}

	/** What never changes about a session; undefined where there is none. */
	async placeOf(sessionId: string): Promise<Pick<SessionRecord, 'caseId' | 'toCounterId'> | undefined> {
		return this.#held.get(sessionId) ?? findSession(this.#hub, sessionId);
	}
}

export const seenSessions = perHub((hub) => new SeenSessions(hub));
