import type { Devices } from '#features/media/Devices.ts';
import { DEVICE_KINDS, type DeviceKind, type DeviceLease } from '#features/media/deviceTypes.ts';

/** What a camera really gives, looked at each second. */
export interface PictureFigures {
	width: number;
	height: number;
	framesPerSecond: number;
	/** Looked at often enough to be believed. */
	steady: boolean;
}
/** The first seconds of a camera are slower. */
const STEADY_AFTER = 3;

/** The devices of this PC while they are being checked: nobody else sees or hears them. */
export class Pictures {
	readonly #leases: readonly DeviceLease[];
	tracks = $state.raw<Partial<Record<DeviceKind, MediaStreamTrack>>>({});
	figures = $state.raw<Partial<Record<DeviceKind, PictureFigures>>>({});
	readonly #looks = new Map<DeviceKind, number>();

	/** Opens them; call on a click. */
	constructor(devices: Devices) {
		this.#leases = DEVICE_KINDS.map((kind) => devices.hold(kind, (track) => this.#show(kind, track)));
	}

	/** One second of a picture. */
	look(kind: DeviceKind, { width, height, fps }: { width: number; height: number; fps: number }): void {
		const looks = fps > 0 ? (this.#looks.get(kind) ?? 0) + 1 : 0;
		this.#looks.set(kind, looks);
		const figures = { width, height, framesPerSecond: fps, steady: looks >= STEADY_AFTER };
		this.figures = { ...this.figures, [kind]: figures };
	}

	close(): void {
		for (const lease of this.#leases) lease.release();
		this.tracks = {};
	}

	#show(kind: DeviceKind, track: MediaStreamTrack | null): void {
		const { [kind]: _before, ...others } = this.tracks;
		this.tracks = track ? { ...others, [kind]: track } : others;
		// Another device may give something else.
		const { [kind]: _figures, ...figures } = this.figures;
		this.figures = figures;
		this.#looks.delete(kind);
	}
}
