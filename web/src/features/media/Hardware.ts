import { toDeviceError } from './deviceErrors.ts';
import {
	NO_PICTURE,
	type DeviceError,
	type DeviceInfo,
	type DeviceKind,
	type DeviceLease,
	type DeviceProblemCode,
	type OnTrack,
} from './deviceTypes.ts';
import type { TrackWatch } from './trackWatch.ts';

/** What was opened for a role. */
export interface Opened {
	readonly track: MediaStreamTrack;
	/** Null for a picture that stands in for the document camera. */
	readonly device: DeviceInfo | null;
	/** Stops what draws the track. */
	readonly stop?: () => void;
}
interface Claim {
	track: MediaStreamTrack | null;
	readonly onTrack: OnTrack | undefined;
}
export interface HardwareContext {
	readonly kind: DeviceKind;
	/** Opens what the role should have now. Throws DeviceError. */
	readonly open: () => Promise<Opened>;
	/** Something below has changed. */
	readonly changed: () => void;
	/** The device has ended: unplugged, or the permission taken back. */
	readonly lost: () => void;
	readonly watch: TrackWatch;
}

/**
 * One role of this PC's hardware: opened with its first lease, closed with the last, swapped under all of them at
 * once. Does one thing at a time; what is asked for meanwhile comes after it.
 */
export class Hardware {
	readonly #context: HardwareContext;
	readonly #claims = new Set<Claim>();
	#opened: Opened | null = null;
	#unwatch: (() => void) | undefined;
	#turn: Promise<unknown> = Promise.resolve();
	/** The device that is open, or was until it ended under a lease. */
	last: DeviceInfo | null = null;
	/** Why a role that is wanted has nothing. */
	problem: DeviceError | null = null;
	/** Since when it has given nothing although it is open (`performance.now()`); null while it does. */
	failingSince: number | null = null;

	constructor(context: HardwareContext) {
		this.#context = context;
	}

	get isOpen(): boolean {
		return this.#opened !== null;
	}

	get device(): DeviceInfo | null {
		return this.#opened?.device ?? null;
	}

	/** Somebody has a lease, but there is nothing to give. */
	get waiting(): boolean {
		return this.#opened === null && this.#claims.size > 0;
	}

	/** As people are told of it; a silent microphone is told apart. */
	get code(): DeviceProblemCode | undefined {
		if (this.problem) return this.problem.code;
		return this.failingSince !== null && this.#context.kind !== 'microphone' ? NO_PICTURE : undefined;
	}

	/** A claim that holds until it is released, also while the device is away. `settled`: the first attempt is over. */
	hold(onTrack: OnTrack | undefined): { lease: DeviceLease; settled: Promise<void> } {
		const claim: Claim = { track: null, onTrack };
		this.#claims.add(claim);
		const lease = {
			kind: this.#context.kind,
			get track() {
				return claim.track;
			},
			release: () => {
				this.#release(claim);
			},
		};
		return { lease, settled: this.tend() };
	}

	/** Opens what is wanted and not there; why it cannot be is in `problem`. */
	async tend(): Promise<void> {
		await this.#next(async () => {
			if (this.#claims.size === 0) return;
			if (this.#opened) {
				this.#give(this.#opened);
				return;
			}
			try {
				await this.#open();
			} catch (error) {
				this.problem = toDeviceError(error, this.#context.kind);
				this.#context.changed();
			}
		});
	}

	/**
	 * Opens what the role should have now and hands new clones to every lease. Throws DeviceError, with what was open
	 * before still open, unless it was to be closed first (two roles swap, or the PC cannot have both open).
	 */
	async reopen({ closeFirst = false } = {}): Promise<void> {
		await this.#next(async () => {
			if (this.#claims.size === 0) return;
			if (closeFirst) this.#shut();
			await this.#open();
		});
	}

	/** Resolves when nothing that was asked for before is under way. */
	async settled(): Promise<void> {
		await this.#turn;
	}

	/** Closed until it is tended again; the leases stay. */
	async pause(): Promise<void> {
		await this.#next(() => {
			this.#shut();
		});
	}

	close(): void {
		for (const claim of this.#claims) claim.track?.stop();
		this.#claims.clear();
		this.#shut();
	}

	async #next(work: () => void | Promise<void>): Promise<void> {
		const turn = this.#turn.then(work);
		this.#turn = turn.catch(() => undefined);
		await turn;
	}

	async #open(): Promise<void> {
		const opened = await this.#context.open();
		if (this.#claims.size === 0) {
			stop(opened);
			return;
		}
		this.#unwatch?.();
		const before = this.#opened;
		this.#opened = opened;
		// The same one, opened anew because it gave nothing, must show first that it does.
		const again = opened.device !== null && opened.device.id === this.last?.id;
		if (this.failingSince !== null) this.failingSince = again ? performance.now() : null;
		this.last = opened.device;
		this.problem = null;
		this.#watch(opened);
		for (const claim of this.#claims) give(claim, clone(opened.track));
		if (before) stop(before);
		this.#context.changed();
	}

	/** A lease that came while it was open already. */
	#give({ track }: Opened): void {
		for (const claim of this.#claims) if (!claim.track) give(claim, clone(track));
	}

	#watch(opened: Opened): void {
		const { track, device } = opened;
		track.addEventListener('ended', () => {
			if (this.#opened !== opened) return;
			this.failingSince = null;
			this.#shut();
			this.#context.lost();
		});
		this.#unwatch = device ? this.#context.watch(track, (well) => this.#tell(opened, well)) : undefined;
	}

	#tell(opened: Opened, well: boolean): void {
		if (this.#opened !== opened || well === (this.failingSince === null)) return;
		this.failingSince = well ? null : performance.now();
		this.#context.changed();
	}

	#release(claim: Claim): void {
		claim.track?.stop();
		claim.track = null;
		if (!this.#claims.delete(claim) || this.#claims.size > 0) return;
		this.problem = null;
		this.failingSince = null;
		this.last = null;
		this.#shut();
		this.#context.changed();
	}

	#shut(): void {
		const before = this.#opened;
		this.#opened = null;
		this.#unwatch?.();
		this.#unwatch = undefined;
		if (!before) return;
		stop(before);
		for (const claim of this.#claims) give(claim, null);
		this.#context.changed();
	}
}

function stop({ track, stop: stopSource }: Opened): void {
	stopSource?.();
	track.stop();
}

function give(claim: Claim, track: MediaStreamTrack | null): void {
	const before = claim.track;
	if (before === track) return;
	claim.track = track;
	claim.onTrack?.(track);
	before?.stop();
}

function clone(track: MediaStreamTrack): MediaStreamTrack {
	const copy = track.clone();
	copy.contentHint = track.contentHint;
	return copy;
}
