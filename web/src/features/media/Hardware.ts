import type { DeviceKind, DeviceLease } from './deviceTypes.ts';
import type { PictureSource } from './documentPicture.ts';

interface Claim {
	track: MediaStreamTrack | null;
	onTrack: ((track: MediaStreamTrack | null) => void) | undefined;
}

/** One device: opened with its first lease, closed with the last, swapped under all of them at once. */
export class Hardware {
	readonly #kind: DeviceKind;
	readonly #open: () => Promise<MediaStreamTrack>;
	readonly #changed: () => void;
	readonly #lost: () => void;
	readonly #claims = new Set<Claim>();
	#track: MediaStreamTrack | null = null;
	#opening: Promise<MediaStreamTrack> | null = null;
	#picture: PictureSource | null = null;

	constructor(
		kind: DeviceKind,
		open: () => Promise<MediaStreamTrack>,
		changed: () => void,
		lost: () => void,
	) {
		this.#kind = kind;
		this.#open = open;
		this.#changed = changed;
		this.#lost = lost;
	}

	get isOpen(): boolean {
		return this.#track !== null;
	}

	/** Somebody has a lease, but the device has gone. */
	get waiting(): boolean {
		return this.#track === null && this.#opening === null && this.#claims.size > 0;
	}

	/** Resolves when it is not being opened (any more). */
	async settled(): Promise<void> {
		await this.#opening?.catch(() => undefined);
	}

	get deviceId(): string | undefined {
		return this.#track?.getSettings().deviceId;
	}

	/** Remembers what draws the picture, so that it stops with the track. */
	holdPicture(picture: PictureSource): MediaStreamTrack {
		this.#picture = picture;
		return picture.track;
	}

	async lease(onTrack: Claim['onTrack']): Promise<DeviceLease> {
		const claim: Claim = { track: null, onTrack };
		this.#claims.add(claim);
		try {
			const track = await this.#opened();
			claim.track ??= clone(track);
		} catch (error) {
			this.#claims.delete(claim);
			throw error;
		}
		const release = () => {
			this.#release(claim);
		};
		return {
			kind: this.#kind,
			get track() {
				return claim.track;
			},
			release,
		};
	}

	/** Opens what is chosen now and hands new clones to every lease. False, and nothing done, while nobody has one. */
	async reopen(): Promise<boolean> {
		if (this.#claims.size === 0) return false;
		await this.settled();
		this.#shut();
		const track = await this.#opened();
		for (const claim of this.#claims) give(claim, clone(track));
		return true;
	}

	close(): void {
		for (const claim of this.#claims) claim.track?.stop();
		this.#claims.clear();
		this.#shut();
	}

	async #opened(): Promise<MediaStreamTrack> {
		if (this.#track) return this.#track;
		this.#opening ??= this.#open().finally(() => {
			this.#opening = null;
		});
		const track = await this.#opening;
		if (this.#claims.size === 0) {
			track.stop();
			return track;
		}
		this.#adopt(track);
		return track;
	}

	/** Of several leases that waited for the same opening, the first does this. */
	#adopt(track: MediaStreamTrack): void {
		if (this.#track === track) return;
		this.#track = track;
		track.addEventListener('ended', () => {
			this.#gone(track);
		});
		this.#changed();
	}

	#gone(track: MediaStreamTrack): void {
		if (this.#track !== track) return;
		this.#shut();
		for (const claim of this.#claims) give(claim, null);
		this.#lost();
	}

	#release(claim: Claim): void {
		claim.track?.stop();
		claim.track = null;
		if (this.#claims.delete(claim) && this.#claims.size === 0) this.#shut();
	}

	#shut(): void {
		const track = this.#track;
		this.#track = null;
		track?.stop();
		this.#picture?.stop();
		this.#picture = null;
		if (track) this.#changed();
	}
}

function give(claim: Claim, track: MediaStreamTrack | null): void {
	const before = claim.track;
	claim.track = track;
	claim.onTrack?.(track);
	before?.stop();
}

function clone(track: MediaStreamTrack): MediaStreamTrack {
	const copy = track.clone();
	copy.contentHint = track.contentHint;
	return copy;
}
