import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { MediaRights } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { GrantVerifier, SignedGrant } from '../rooms/grants.ts';
import type { Entry } from '../rooms/Seat.ts';
import type { Line } from './Line.ts';
import type { PageLine } from './PageLine.ts';

/** Where rooms are entered: those that stand on this node, or those that stand on another. */
export interface Doors {
	/** Throws why the token does not admit. */
	enter(token: string, line: PageLine): Promise<Entry>;
}
interface FarDoors {
	/** Seats in that room where it stood before `home` (null: this node) are over, whichever page has them. */
	leaveFormer(shown: SignedGrant, home: string | null): void;
	enter(shown: SignedGrant, home: NonNullable<SignedGrant['home']>, line: Line): Promise<Entry>;
}

/** Lets pages into the rooms that their tokens name. */
export class Entrance {
	readonly #nodeId: string;
	readonly #verifier: GrantVerifier;
	readonly #rooms: Doors;
	readonly #branches: FarDoors;

	constructor(nodeId: string, verifier: GrantVerifier, rooms: Doors, branches: FarDoors) {
		this.#nodeId = nodeId;
		this.#verifier = verifier;
		this.#rooms = rooms;
		this.#branches = branches;
	}

	/** Throws why the token does not admit. */
	async enter(token: string, line: Line): Promise<Entry> {
		const { grant } = this.#verifier.read(token);
		const { home } = grant;
		const isHere = home === undefined || home.nodeId === this.#nodeId;
		const standsAt = isHere ? null : home.nodeId;
		leaveFormer(line, grant, standsAt);
		this.#branches.leaveFormer(grant, standsAt);
		if (isHere) return await this.#rooms.enter(token, line);
		return await this.#branches.enter(grant, home, line);
	}

	/** A newer token that the page itself has brought, for one of the rooms that it is in. */
	async regrant(line: Line, token: string): Promise<MediaRights> {
		const { roomId } = this.#verifier.verify(token);
		return await line.seatIn(roomId).regrant(token);
	}
}

/** A seat in the same room where that stood before is given up. Throws `staleGrant` for a way to the home of before. */
function leaveFormer(line: Line, { roomId, grantVersion }: SignedGrant, home: string | null): void {
	const seat = line.seatFor(roomId);
	if (!seat || seat.home === home) return;
	if (seat.grant.grantVersion > grantVersion) throw new AppError('staleGrant');
	seat.close('superseded');
}
