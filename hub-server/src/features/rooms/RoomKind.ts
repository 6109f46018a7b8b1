import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { MediaGrant } from '@counter-hub/shared/media/grant.ts';
import type { NodePlace } from '@counter-hub/shared/media/nodeProtocol.ts';
import { perHub } from '../../perHub.ts';

/** One who belongs to a room. */
interface RoomParty {
	participantId: string;
	staffId: string;
}

/** A room as the feature that keeps its record sees it. */
export interface RoomRecord {
	roomId: string;
	/** Where it was placed; null before that. */
	nodeId: string | null;
	/** Of the whole record: what was concluded from another version is not said. */
	version: number;
	/** Rises whenever somebody's rights in the room change, and not with what else is written. */
	rightsVersion: number;
	parties: readonly RoomParty[];
	/** Participants who are in the room, by the record. */
	present: readonly string[];
	/** By the record its media are gone and not back yet. */
	mediaLost: boolean;
}

/** A member of staff at the door. */
export interface Person {
	staffId: string;
	displayName: string;
}

/** What somebody may do in a room, and how the others see him. */
type RoomRights = Pick<MediaGrant, 'label' | 'side' | 'stage' | 'publish' | 'subscribe' | 'hidden' | 'say'>;

/** Something that happened in a room and may be put on record. */
export type Happening =
	| { type: 'participantJoined'; participantId: string }
	| { type: 'participantLeft'; participantId: string; reason: string }
	/** `epoch`: of the run of the node that is gone. */
	| { type: 'mediaLost'; reason: string; epoch?: number | undefined }
	| { type: 'mediaRestored' };

/** How it came to be known. */
export interface Source {
	/** The same happening has the same id, through whichever hub it comes. */
	commandId: string;
	/** Told by the node; otherwise this hub concluded it, from the record at `version`. */
	seen?: { nodeId: string; at: number; nodeAt: number; place: NodePlace };
	version?: number;
}

/**
 * Who may enter the rooms of a kind, and with which rights.
 * @typeParam R the owner's own record of a room
 */
export interface RoomRules<R> {
	describe(record: R): RoomRecord;
	/** From which city the person comes in. */
	cityOf(record: R, person: Person): CityCode;
	/** What a person may do in the room now. @throws AppError where there is no way in */
	rightsOf(record: R, person: Person): RoomRights;
}

/**
 * A kind of room: a call, say. The feature that owns it registers it: it keeps the record of each of its rooms, and says
 * what a fact of a media node means there.
 */
export interface RoomKind<R = unknown> extends RoomRules<R> {
	readonly name: string;
	/** With everything that was acknowledged; undefined where the room is none of this kind. */
	find(roomId: string): Promise<R | undefined>;
	/** The rooms whose people and media are on record now; of one node, or of all. */
	live(nodeId?: string): Promise<R[]>;
	/** Those of the rooms named that are over, with the reason. */
	over(roomIds: readonly string[]): Promise<{ roomId: string; reason: string }[]>;
	/** Puts it on record, unless it is outdated, known, or means nothing here. */
	record(record: R, happening: Happening, source: Source): Promise<void>;
}

/** A room, with what its kind is asked about it. */
export interface KnownRoom extends RoomRecord {
	readonly record: (happening: Happening, source: Source) => Promise<void>;
}

/** A kind as the rest of this feature uses it: whatever the owner's record is, it stays inside. */
interface AnyKind {
	find(roomId: string): Promise<KnownRoom | undefined>;
	live(nodeId?: string): Promise<KnownRoom[]>;
	over: RoomKind['over'];
}

/** The kinds of rooms of one hub: one line in each feature that has one. */
class RoomKinds {
	readonly #kinds = new Map<string, AnyKind>();

	register<R>(kind: RoomKind<R>): void {
		if (this.#kinds.has(kind.name)) throw new Error(`two kinds of rooms are called ${kind.name}`);
		const known = (record: R): KnownRoom => ({
			...kind.describe(record),
			record: (happening, source) => kind.record(record, happening, source),
		});
		this.#kinds.set(kind.name, {
			find: async (roomId) => {
				const record = await kind.find(roomId);
				return record === undefined ? undefined : known(record);
			},
			live: async (nodeId) => (await kind.live(nodeId)).map(known),
			over: (roomIds) => kind.over(roomIds),
		});
	}

	/** The room, whichever kind it is of. */
	async find(roomId: string): Promise<KnownRoom | undefined> {
		for (const kind of this.#kinds.values()) {
			const room = await kind.find(roomId);
			if (room) return room;
		}
		return undefined;
	}

	async live(nodeId?: string): Promise<KnownRoom[]> {
		return (await Promise.all([...this.#kinds.values()].map((kind) => kind.live(nodeId)))).flat();
	}

	async over(roomIds: readonly string[]): Promise<{ roomId: string; reason: string }[]> {
		if (roomIds.length === 0) return [];
		return (await Promise.all([...this.#kinds.values()].map((kind) => kind.over(roomIds)))).flat();
	}
}

export const roomKinds = perHub(() => new RoomKinds());
