import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import type { SessionView } from '@counter-hub/shared/sessions/sessions.ts';
import type { Devices } from '#features/media/Devices.ts';
import {
	DEVICE_KINDS,
	NO_PICTURE,
	type DeviceKind,
	type DeviceLease,
	type DevicesState,
} from '#features/media/deviceTypes.ts';
import { MediaClient } from '#features/media/MediaClient.ts';
import { isOver, type MediaQuality, type MediaState, type RemoteStream } from '#features/media/mediaTypes.ts';
import { lasting, troublesOf, type Troubles } from './troubles.ts';

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
	readonly #sounds = new Set<HTMLAudioElement>();
	#screen: { release(): void } | null = null;
	/** The browser is asking which screen. */
	#choosing = false;
	readonly #unsubscribe: (() => void)[];
	readonly #now: () => number;
	#timer: ReturnType<typeof setInterval> | undefined;
	#keeping: ReturnType<typeof setTimeout> | undefined;
	#broke: ReturnType<typeof setTimeout> | undefined;
	#patience: ReturnType<typeof setTimeout> | undefined;
	#closed = false;

	#state = $state.raw<MediaState>(NOTHING);
	/** Tracks of this PC that the page shows. */
	own = $state.raw<Partial<Record<DeviceKind | 'screen', MediaStreamTrack>>>({});
	muted = $state.raw<Record<DeviceKind, boolean>>({ microphone: false, camera: false, document: false });
	/** Own cameras that are open and give no new pictures. */
	stalled = $state.raw<readonly DeviceKind[]>([]);
	quality = $state.raw<MediaQuality | null>(null);
	/** Pictures that stand still or come slowly, and a weak line. Whoever looks at another picture meanwhile loses nothing. */
	troubles = $state.raw<Troubles>(new Map());
	/** The other side's first picture is awaited; what is not needed for it waits, too. */
	pictureFirst = $state(false);
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
		this.#unsubscribe = [
			this.client.subscribe((state) => this.#follow(state)),
			devices.subscribe((state) => this.#followDevices(state)),
		];
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
	/** Not in the room yet: what is there is not known. */
	readonly entering = $derived(['idle', 'connecting'].includes(this.#state.connection));
	/** At once, however short; `reconnecting` only when it is worth a word. */
	readonly lost = $derived(this.#state.connection === 'reconnecting');
	readonly reconnecting = $derived(this.brokenSince !== null);

	/** What a reload, or entering anew, must not open by itself. */
	get mutedKinds(): DeviceKind[] {
		return DEVICE_KINDS.filter((kind) => this.muted[kind]);
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
		if (connection === 'idle') {
			await this.client.connect(admission);
			return;
		}
		await this.client.promote(admission);
	}

	/** Where the room of this call stands, by the newest word of the hub. */
	follow({ nodeId }: Pick<SessionView, 'nodeId'>): void {
		if (nodeId !== null) this.client.follow(nodeId);
	}

	/** After an answer the other side's picture comes first; the devices are opened after it, or after `withinMs`. */
	openDevicesAfterPicture(withinMs: number): void {
		this.pictureFirst = true;
		this.#patience = setTimeout(() => this.pictureShown(), withinMs);
	}

	/** The other side's picture is on screen. */
	pictureShown(): void {
		if (!this.pictureFirst) return;
		this.pictureFirst = false;
		clearTimeout(this.#patience);
		this.openDevices();
	}

	/** Wants the remembered devices, each for itself: one that is missing keeps no other waiting. Call on a click. */
	openDevices(): void {
		for (const kind of DEVICE_KINDS) this.open(kind);
	}

	/** Wants one device until the call is over; why it cannot be had stands in the state of `Devices`. */
	open(kind: DeviceKind): void {
		if (this.#leases.has(kind) || this.#closed) return;
		// A camera that was switched off stays dark after a reload.
		if (kind === 'camera' && this.muted.camera) return;
		this.#leases.set(
			kind,
			this.#devices.hold(kind, (track) => this.#feed(kind, track)),
		);
	}

	async toggle(kind: DeviceKind): Promise<void> {
		const muted = !this.muted[kind];
		this.muted = { ...this.muted, [kind]: muted };
		if (!muted) {
			// The node first: publishing anew tells it nothing of a stream that it knows as paused.
			await this.client.unmute(kind);
			this.open(kind);
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
		clearTimeout(this.#patience);
		this.#screen?.release();
		for (const unsubscribe of this.#unsubscribe) unsubscribe();
		this.client.close();
		for (const kind of [...this.#leases.keys()]) this.#release(kind);
		this.own = {};
	}

	/** The own device gives another track, or none: then the others are told that what they see is old. */
	#feed(kind: DeviceKind, track: MediaStreamTrack | null): void {
		this.#show(kind, track);
		void this.client.stall(kind, this.#isStalled(kind));
		if (track) void this.client.publish(kind, track, { muted: this.muted[kind] });
		else void this.client.replaceTrack(kind, null);
	}

	#followDevices(state: DevicesState): void {
		const stalled = DEVICE_KINDS.filter((kind) => state.problems[kind] === NO_PICTURE);
		if (stalled.join() === this.stalled.join()) return;
		this.stalled = stalled;
		this.#noteTroubles();
		for (const kind of this.#leases.keys()) void this.client.stall(kind, this.#isStalled(kind));
	}

	#isStalled(kind: DeviceKind): boolean {
		return !this.own[kind] || this.stalled.includes(kind);
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
		this.#noteTroubles();
	}

	#noteTroubles(): void {
		const { streams, stalled, quality } = this;
		const present = troublesOf({ streams, stalled, quality, local: this.#state.local });
		this.troubles = lasting(this.troubles, present, this.#now());
	}

	async #measure(): Promise<void> {
		this.quality = await this.client.quality().catch(() => this.quality);
		this.#noteTroubles();
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
