import type { Notice } from '../lines/PageLine.ts';
import type { Peer } from '../rooms/Peer.ts';

/** So many parts are under way to a viewer before the publisher is asked to wait. */
const WINDOW = 2;

/** One viewer who is being sent a frame. What he does not acknowledge in time he gets no further. */
export class FrameReceiver {
	readonly viewer: Peer;
	readonly #patienceMs: number;
	#underWay = 0;
	#ended = false;
	#change: PromiseWithResolvers<void> = Promise.withResolvers();

	constructor(viewer: Peer, patienceMs: number) {
		this.viewer = viewer;
		this.#patienceMs = patienceMs;
	}

	get ended(): boolean {
		return this.#ended;
	}
	/** Nobody need wait for him. */
	get hasRoom(): boolean {
		return this.#ended || this.#underWay < WINDOW;
	}
	/** He has got all that was sent so far. */
	get hasAll(): boolean {
		return !this.#ended && this.#underWay === 0;
	}

	send(part: Omit<Notice<'frame:part'>, 'roomId'>): void {
		this.#underWay++;
		void this.viewer.deliver('frame:part', part, this.#patienceMs).then((hasArrived) => {
			this.#underWay--;
			if (!hasArrived) this.#ended = true;
			this.#tell();
		});
	}

	/** Resolves when that is so, or he is sent nothing more. */
	async until(holds: 'hasRoom' | 'hasAll'): Promise<void> {
		while (!this.#ended && !this[holds]) await this.#change.promise;
	}

	end(): void {
		this.#ended = true;
		this.#tell();
	}

	#tell(): void {
		this.#change.resolve();
		this.#change = Promise.withResolvers();
	}
}
