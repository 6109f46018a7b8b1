import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import type { Devices } from '#features/media/Devices.ts';
import type { DeviceKind, DeviceLease } from '#features/media/deviceTypes.ts';
import { MediaClient } from '#features/media/MediaClient.ts';
import { isOver, type MediaQuality, type MediaState, type RemoteStream } from '#features/media/mediaTypes.ts';

const KINDS = ['microphone', 'camera', 'document'] as const;
const QUALITY_EVERY_MS = 2000;
/** Shorter interruptions are not worth a word on the stage. */
const RECONNECTING_AFTER_MS = 1000;
const RESTORED_WITHIN_MS = 4000;

export interface CallMediaOptions {
	pageId: string;
	devices: Devices;
	getAdmission: () => Promise<MediaAdmission>;
	/** Hub time in milliseconds. */
	now: () => number;
	/** Sources that were muted before a reload. */
	muted?: readonly DeviceKind[];
}

/** The pictures and the sound of one session in this page: its room, the own devices, mute and cover, screen share. */
export class CallMedia {
	readonly client: MediaClient;
	readonly #devices: Devices;
	readonly #leases = new Map<DeviceKind, DeviceLease>();
	readonly #opening = new Map<DeviceKind, Promise<void>>();
	readonly #sounds = new Set<HTMLAudioElement>();
	#screen: { release(): void } | null = null;
	/** The browser is asking which screen. */
	#choosing = false;
	readonly #unsubscribe: () => void;
	readonly #now: () => number;
	#timer: ReturnType<typeof setInterval> | undefined;
	#keeping: ReturnType<typeof setTimeout> | undefined;
	#broke: ReturnType<typeof setTimeout> | undefined;
	#closed = false;

	#state = $state.raw<MediaState>(NOTHING);
	/** Tracks of this PC that the page shows. */
	own = $state.raw<Partial<Record<DeviceKind | 'screen', MediaStreamTrack>>>({});
	muted = $state.raw<Record<DeviceKind, boolean>>({ microphone: false, camera: false, document: false });
	quality = $state.raw<MediaQuality | null>(null);
	/** The browser lets no sound out before a click. */
	soundBlocked = $state(false);
	/** Since when pictures and sound stand still while the connection is being restored (hub time, ms), or null. */
	brokenSince = $state<number | null>(null);
	/** Only the signalling is being restored; pictures and sound go on. */
	signalLost = $state(false);

	constructor({ pageId, devices, getAdmission, now, muted = [] }: CallMediaOptions) {
		this.#devices = devices;
		this.#now = now;
		this.client = new MediaClient({ pageId, getAdmission });
		for (const kind of muted) this.muted = { ...this.muted, [kind]: true };
		this.#unsubscribe = this.client.subscribe((state) => this.#follow(state));
	}

	get state(): MediaState {
		return this.#state;
	}
	/** What others send; while the connection is being restored also what they sent before, so that it stays in place. */
	streams = $state.raw<readonly RemoteStream[]>([]);
	readonly audio = $derived(this.streams.filter((stream) => stream.kind === 'audio'));
	readonly video = $derived(this.streams.filter((stream) => stream.kind === 'video'));
	/** The highest layer of the own document picture that somebody watches is at least the lowest. */
	readonly documentWatched = $derived(
		this.#state.local.some((one) => one.source === 'document' && one.published && one.wanted >= 0),
	);
	/** At once, however short; `reconnecting` only when it is worth a word. */
	readonly lost = $derived(this.#state.connection === 'reconnecting');
	readonly reconnecting = $derived(this.brokenSince !== null);

	/** What a reload, or entering anew, must not open by itself. */
	get mutedKinds(): DeviceKind[] {
		return KINDS.filter((kind) => this.muted[kind]);
	}

	/** Refused, superseded, removed or closed: it will not come back by itself. */
	get over(): boolean {
		return isOver(this.#state.connection);
	}

	remote(source: RemoteStream['source']): RemoteStream | undefined {
		return this.streams.find((stream) => stream.source === source);
	}

	/** Enters the room; in the lobby nothing flows and nothing of this PC is opened. */
	async enter(admission: MediaAdmission): Promise<void> {
		await this.client.connect(admission);
	}

	/** From the lobby into the room, or into it directly when there was no time for a lobby. */
	async join(admission: MediaAdmission): Promise<void> {
		this.#timer ??= setInterval(() => void this.#measure(), QUALITY_EVERY_MS);
		const { connection } = this.#state;
		if (connection === 'idle') await this.client.connect(admission);
		else await this.client.promote(admission.token);
	}

	/** Opens the remembered devices, each for itself: one that is missing keeps no other waiting. Call on a click. */
	openDevices(): void {
		for (const kind of KINDS) void this.open(kind);
	}

	/** Opens one device unless it is open; why it could not be opened stands in the state of `Devices`. */
	async open(kind: DeviceKind): Promise<void> {
		if (this.#leases.has(kind) || this.#closed) return;
		// A camera that was switched off stays dark after a reload.
		if (kind === 'camera' && this.muted.camera) return;
		let opening = this.#opening.get(kind);
		if (!opening) {
			opening = this.#open(kind).finally(() => this.#opening.delete(kind));
			this.#opening.set(kind, opening);
		}
		await opening;
	}

	async toggle(kind: DeviceKind): Promise<void> {
		const muted = !this.muted[kind];
		this.muted = { ...this.muted, [kind]: muted };
		if (!muted) {
			// The node first: publishing anew tells it nothing of a stream that it knows as paused.
			await this.client.unmute(kind);
			await this.open(kind);
			return;
		}
		await this.client.mute(kind);
		// The lamp of the camera goes out, so that nobody needs to trust a button.
		if (kind === 'camera' && this.muted.camera) {
			await this.client.replaceTrack('camera', null);
			this.#release('camera');
		}
	}

	get sharing(): boolean {
		return this.own.screen !== undefined;
	}

	/** Asks which screen; does nothing when the person thinks better of it. Throws DeviceError. */
	async toggleScreen(): Promise<void> {
		if (this.sharing) {
			await this.#stopScreen();
			return;
		}
		if (this.#choosing) return;
		this.#choosing = true;
		const screen = await this.#devices
			.leaseScreen(() => void this.#stopScreen())
			.finally(() => (this.#choosing = false));
		// The call may have ended while the browser asked which one.
		if (this.#closed) screen?.release();
		if (!screen || this.#closed) return;
		this.#screen = screen;
		this.own = { ...this.own, screen: screen.track };
		await this.client.publish('screen', screen.track);
	}

	/** Plays one remote sound on the chosen speaker; returns how to stop. */
	playSound(element: HTMLAudioElement, track: MediaStreamTrack): () => void {
		element.srcObject = new MediaStream([track]);
		const unbind = this.#devices.bindSpeaker(element);
		this.#sounds.add(element);
		element.play().catch((error: unknown) => {
			if (error instanceof DOMException && error.name === 'NotAllowedError') this.soundBlocked = true;
		});
		return () => {
			unbind();
			this.#sounds.delete(element);
		};
	}

	/** Call on a click. */
	async unblockSound(): Promise<void> {
		await Promise.all([...this.#sounds].map((element) => element.play()));
		this.soundBlocked = false;
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		clearInterval(this.#timer);
		clearTimeout(this.#keeping);
		clearTimeout(this.#broke);
		this.#screen?.release();
		this.#unsubscribe();
		this.client.close();
		for (const kind of [...this.#leases.keys()]) this.#release(kind);
		this.own = {};
	}

	async #open(kind: DeviceKind): Promise<void> {
		try {
			const lease = await this.#devices.lease(kind, (track) => {
				this.#show(kind, track);
				void this.client.replaceTrack(kind, track);
			});
			if (this.#closed || (kind === 'camera' && this.muted.camera)) {
				lease.release();
				return;
			}
			this.#leases.set(kind, lease);
			this.#show(kind, lease.track);
			if (lease.track) await this.client.publish(kind, lease.track, { muted: this.muted[kind] });
		} catch {
			// Told by the state of `Devices` as a code, with what to do.
		}
	}

	#release(kind: DeviceKind): void {
		this.#leases.get(kind)?.release();
		this.#leases.delete(kind);
		this.#show(kind, null);
	}

	#show(kind: DeviceKind | 'screen', track: MediaStreamTrack | null): void {
		const { [kind]: _before, ...others } = this.own;
		this.own = track ? { ...others, [kind]: track } : others;
	}

	async #stopScreen(): Promise<void> {
		this.#screen?.release();
		this.#screen = null;
		this.#show('screen', null);
		await this.client.unpublish('screen');
	}

	#follow(state: MediaState): void {
		const before = this.#state.connection;
		this.#state = state;
		if (before === 'reconnecting' && state.connection === 'connected') this.#keepAWhile();
		this.#showStreams();
		if (state.connection === 'reconnecting') {
			if (this.#broke) return;
			void this.#measure();
			this.#lookAgain(this.#now());
		} else {
			clearTimeout(this.#broke);
			this.#broke = undefined;
			this.brokenSince = null;
			this.signalLost = false;
		}
	}

	/** Whether pictures still come is asked of the statistics: the socket alone says nothing of them. */
	#lookAgain(since: number): void {
		this.#broke = setTimeout(() => {
			void this.#measure().then(() => {
				if (this.#closed || this.#state.connection !== 'reconnecting') return;
				this.signalLost = this.quality?.receiving === true;
				this.brokenSince = this.signalLost ? null : since;
				this.#lookAgain(since);
			});
		}, RECONNECTING_AFTER_MS);
	}

	/** Restored streams come one by one; those that have not come by then are gone. */
	#keepAWhile(): void {
		clearTimeout(this.#keeping);
		this.#keeping = setTimeout(() => {
			this.#keeping = undefined;
			this.#showStreams();
		}, RESTORED_WITHIN_MS);
	}

	#showStreams(): void {
		const { streams, connection } = this.#state;
		const keep = connection === 'reconnecting' || this.#keeping !== undefined;
		const kept = keep ? this.streams.filter((old) => !streams.some(({ id }) => id === old.id)) : [];
		this.streams = kept.length === 0 ? streams : [...streams, ...kept];
	}

	async #measure(): Promise<void> {
		this.quality = await this.client.quality().catch(() => this.quality);
	}
}

const NOTHING: MediaState = {
	connection: 'idle',
	rights: null,
	participants: [],
	streams: [],
	local: [],
	problem: null,
};
