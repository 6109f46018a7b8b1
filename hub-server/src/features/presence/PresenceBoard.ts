import { setTimeout as pause } from 'node:timers/promises';
import { trusted } from 'mongoose';
import { z } from 'zod';
import type { CounterView } from '@counter-hub/shared/people/people.ts';
import type { CounterPresence } from '@counter-hub/shared/presence/presence.ts';
import { CITIES } from '@counter-hub/shared/cities/cities.ts';
import type { ShiftState } from '@counter-hub/shared/shifts/Shift.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { perHub } from '../../perHub.ts';
import { defineSignal } from '../../platform/stream/Signals.ts';
import { signals } from '../../signals.ts';
import { places } from '../counters/Places.ts';
import { staffNames } from '../people/StaffNames.ts';
import { shiftsOf } from '../shifts/onShift.ts';
import { engagementModel } from './Engagement.model.ts';
import { presenceModel, type PresenceRecord } from './Presence.model.ts';
import { PRESENCE_ROOM } from './presenceRoom.ts';

/** Changes within this time are told in one notice. */
const GATHER_MS = 150;
/** After one telling the next waits so many times as long as it took: thousands who come at once must not stall us. */
const REST = 4;

const touched = defineSignal('presence.touched', z.strictObject({}));

/** Who is at which counter, told to everybody who may see it whenever it changes, and to every page that comes. */
class PresenceBoard {
	readonly #hub: HubContext;
	readonly #newcomers = new Set<string>();
	#timer: NodeJS.Timeout | undefined;
	/** Counts the touches, so that one during a telling is not lost. */
	#touches = 0;
	#told = '';
	/** Other hubs were not told of the last touch yet. */
	#isUntold = false;
	#telling: Promise<void> | undefined;

	constructor(hub: HubContext) {
		this.#hub = hub;
		signals(hub).on(touched, () => this.look(), { own: false });
		hub.shutdown.add('intake', 'presence', () => {
			clearTimeout(this.#timer);
		});
	}

	/** Something was changed: the pages of every hub are told shortly. */
	touch(): void {
		this.look();
		this.#isUntold = true;
		if (this.#telling) return;
		this.#telling = this.#tellHubs().finally(() => {
			this.#telling = undefined;
		});
	}

	/** Something may have changed: tells the pages of this hub shortly, if it has. */
	look(): void {
		this.#touches++;
		this.#schedule(GATHER_MS);
	}

	/** The first touch at once, those that come meanwhile in one signal. */
	async #tellHubs(): Promise<void> {
		while (this.#isUntold && !this.#hub.shutdown.isStopping) {
			this.#isUntold = false;
			try {
				await signals(this.#hub).send(touched, {});
			} catch (error) {
				this.#hub.logger.warn({ err: error }, 'other hubs see a change of presence at their next look');
			}
			await pause(GATHER_MS, undefined, { ref: false });
		}
	}

	/** A page has come: tells it at once, or together with all who come in the next moment. */
	greet(socketId: string): void {
		this.#newcomers.add(socketId);
		this.#schedule(0);
	}

	#schedule(pauseMs: number): void {
		if (this.#timer || this.#hub.shutdown.isStopping) return;
		this.#timer = setTimeout(() => void this.#round(), pauseMs);
	}

	async #round(): Promise<void> {
		const touches = this.#touches;
		const from = performance.now();
		await this.#tell();
		const took = performance.now() - from;
		this.#timer = undefined;
		if (this.#touches !== touches || this.#newcomers.size > 0)
			this.#schedule(Math.max(GATHER_MS, REST * took));
	}

	/** Everybody at every counter now, in the cities' order. */
	async read(): Promise<CounterPresence[]> {
		const [counters, presences] = await Promise.all([places(this.#hub).all(), livePresences(this.#hub)]);
		const staffIds = presences.map(({ staffId }) => staffId);
		const [names, shifts, engagements] = await Promise.all([
			staffNames(this.#hub).of(staffIds),
			shiftsOf(this.#hub, staffIds),
			engagementModel(this.#hub.connection)
				.find({ _id: trusted({ $in: staffIds }) })
				.lean(),
		]);
		const phases = new Map(engagements.map(({ _id, phase }) => [_id, phase]));
		const order = (counter: CounterView) => CITIES.findIndex(({ code }) => code === counter.cityCode);
		return counters
			.sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name))
			.map((counter) => ({
				cityCode: counter.cityCode,
				counterId: counter.id,
				counterName: counter.name,
				people: onePerPerson(presences.filter(({ counterId }) => counterId === counter.id)).map(
					(presence) => ({
						staffId: presence.staffId,
						displayName: names.get(presence.staffId) ?? '',
						role: presence.role,
						windowNumber: counter.windows.find(({ id }) => id === presence.windowId)?.number ?? null,
						availability:
							phases.get(presence.staffId) ?? ofShift(shifts.get(`${presence.staffId}@${counter.id}`)),
					}),
				),
			}));
	}

	async #tell(): Promise<void> {
		const { namespace } = hubSockets(this.#hub);
		if (!namespace.adapter.rooms.has(PRESENCE_ROOM)) return;
		const newcomers = [...this.#newcomers];
		this.#newcomers.clear();
		try {
			const counters = await this.read();
			const text = JSON.stringify(counters);
			const listeners = text === this.#told ? newcomers : [PRESENCE_ROOM];
			this.#told = text;
			if (listeners.length === 0) return;
			namespace.local
				.to(listeners)
				.emit('presence:changed', { counters, at: new Date(this.#hub.now()).toISOString() });
		} catch (error) {
			for (const id of newcomers) this.#newcomers.add(id);
			this.#hub.logger.warn(
				{ err: error },
				'presence could not be told; it is tried again at the next change',
			);
		}
	}
}

export const presenceBoard = perHub((hub) => new PresenceBoard(hub));

/** How somebody stands who is in no call. */
const ofShift = (state: ShiftState | undefined) =>
	state === 'open' ? 'free' : state === 'paused' ? 'paused' : 'offShift';

/** Unexpired leases, of one counter if given. */
export function livePresences(hub: HubContext, counterId?: string): Promise<PresenceRecord[]> {
	return presenceModel(hub.connection)
		.find({ expiresAt: trusted({ $gt: new Date(hub.now()) }), ...(counterId !== undefined && { counterId }) })
		.sort({ since: 1 })
		.lean();
}

/** A person with several pages stands once, with the page that was there first and a window if any page has one. */
function onePerPerson(presences: PresenceRecord[]): PresenceRecord[] {
	const people = new Map<string, PresenceRecord>();
	for (const presence of presences) {
		const known = people.get(presence.staffId);
		people.set(
			presence.staffId,
			known ? { ...known, windowId: known.windowId ?? presence.windowId } : presence,
		);
	}
	return [...people.values()];
}
