import type { Devices } from '#features/media/Devices.ts';
import { DEVICE_KINDS, type DeviceKind, type DeviceLease } from '#features/media/deviceTypes.ts';

/** The devices opened only to be looked at: nobody else sees or hears them. */
export class DevicePreview {
	readonly #leases: readonly DeviceLease[];
	tracks = $state.raw<Partial<Record<DeviceKind, MediaStreamTrack>>>({});

	/** Opens them; call on a click. */
	constructor(devices: Devices) {
		this.#leases = DEVICE_KINDS.map((kind) => devices.hold(kind, (track) => this.#show(kind, track)));
	}

	close(): void {
		for (const lease of this.#leases) lease.release();
		this.tracks = {};
	}

	#show(kind: DeviceKind, track: MediaStreamTrack | null): void {
		const { [kind]: _before, ...others } = this.tracks;
		this.tracks = track ? { ...others, [kind]: track } : others;
	}
}
