import type { Devices } from '#features/media/Devices.ts';
import type { DeviceKind, DeviceLease } from '#features/media/deviceTypes.ts';

/** The devices opened only to be looked at: nobody else sees or hears them. */
export class DevicePreview {
	readonly #devices: Devices;
	readonly #leases = new Map<DeviceKind, DeviceLease>();
	#closed = false;
	tracks = $state.raw<Partial<Record<DeviceKind, MediaStreamTrack>>>({});
	opening = $state.raw<readonly DeviceKind[]>([]);

	constructor(devices: Devices) {
		this.#devices = devices;
	}

	/** Opens what is not open yet; call on a click. */
	async open(kinds: readonly DeviceKind[] = ['camera', 'microphone', 'document']): Promise<void> {
		await Promise.all(kinds.map((kind) => this.#open(kind)));
	}

	close(): void {
		this.#closed = true;
		for (const lease of this.#leases.values()) lease.release();
		this.#leases.clear();
		this.tracks = {};
	}

	async #open(kind: DeviceKind): Promise<void> {
		if (this.#leases.has(kind) || this.opening.includes(kind)) return;
		this.opening = [...this.opening, kind];
		try {
			const lease = await this.#devices.lease(kind, (track) => this.#show(kind, track));
			if (this.#closed) {
				lease.release();
				return;
			}
			this.#leases.set(kind, lease);
			this.#show(kind, lease.track);
		} catch {
			// Told by the state of `Devices` as a code, with what to do.
		} finally {
			this.opening = this.opening.filter((one) => one !== kind);
		}
	}

	#show(kind: DeviceKind, track: MediaStreamTrack | null): void {
		const { [kind]: _before, ...others } = this.tracks;
		this.tracks = track ? { ...others, [kind]: track } : others;
	}
}
