import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { MediaHandshake } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { Limits } from '../limits.ts';
import type { Seat } from '../rooms/Seat.ts';
import type { Entrance } from './Entrance.ts';
import { Line } from './Line.ts';

/** A line that a page has taken up. `resumed`: it had been there before and nothing was lost. */
export interface TakenUp {
	readonly line: Line;
	readonly resumed: boolean;
	/** The seat that the handshake's token has made just now, or null when it was there before. */
	readonly fresh: Seat | null;
}

/** All lines of pages to this node. */
export class Lines {
	readonly #entrance: Entrance;
	readonly #limits: Limits;
	readonly #lines = new Set<Line>();

	constructor(entrance: Entrance, limits: Limits) {
		this.#entrance = entrance;
		this.#limits = limits;
	}

	get size(): number {
		return this.#lines.size;
	}

	/**
	 * Lets a page in: back on its line with its secret, else on a new one. The room that the token names is entered,
	 * unless the line is in it already. Throws why the token does not admit.
	 */
	async takeUp({ token, pageId, resumeSecret }: MediaHandshake): Promise<TakenUp> {
		const before = [...this.#lines].find((line) => line.mayResume(pageId, resumeSecret));
		const line = before ?? this.#open(pageId);
		const { seat, resumed } = await line.entering(() => this.#entrance.enter(token, line));
		if (line.closed) throw new AppError('roomUnavailable');
		return { line, resumed: before !== undefined, fresh: resumed ? null : seat };
	}

	#open(pageId: string): Line {
		const line = new Line(pageId, this.#limits);
		this.#lines.add(line);
		line.once('closed', () => this.#lines.delete(line));
		return line;
	}
}
