import { Cameras } from './Cameras.ts';
import { mediaDevices } from './capture.ts';
import { Choices } from './Choices.ts';
import { toDeviceError } from './deviceErrors.ts';
import { listDevices } from './deviceList.ts';
import {
	DEVICE_KINDS,
	NO_PICTURE,
	type DeviceKind,
	type DeviceLease,
	type DeviceRole,
	type DevicesState,
	type MissedChoice,
	type OnTrack,
} from './deviceTypes.ts';
import { DocumentFeed, type Feed } from './DocumentFeed.ts';
import { Hardware, type Opened } from './Hardware.ts';
import { Microphones } from './Microphones.ts';
import { Observable } from './observable.ts';
import { Patience } from './Patience.ts';
import { leaseScreen, type ScreenLease } from './screen.ts';
import { Speakers } from './Speakers.ts';
import { watchPictures, watchSound } from './trackWatch.ts';

/** A camera that gives nothing for so long is closed and opened anew, once in a while. */
const REOPEN_AFTER_MS = 15_000;

/** What waits for each other: the two cameras may change places, but no voice waits for a camera that hangs. */
type Line = 'list' | 'pictures' | 'sound';
const lineOf = (kind: DeviceKind): Line => (kind === 'microphone' ? 'sound' : 'pictures');

/**
 * The one owner of this PC's cameras, microphone and speaker, each in a role. Everybody else takes a lease and gets a
 * clone of the track, so that nobody can close what another still uses. Opens nothing unless somebody wants it.
 *
 * - `start()` lists devices and follows plugging in and out. Call once.
 * - `hold(kind, onTrack)` wants a role until the lease is released: `onTrack` is called with a clone of the track as
 *   soon as there is one and after each change, with null while there is none. What is missing is tried again by
 *   itself; `state.problems` says why meanwhile.
 * - `lease(kind, onTrack?)` is the same for whoever waits for the first attempt; throws its DeviceError.
 * - `leaseScreen(onEnded)` asks for a screen; null when the person cancels.
 * - `choose(role, id)` remembers a device on this PC and switches over. One camera serves one role: the other gives
 *   way. A choice that cannot be opened is dropped, and `state.missed` says why.
 * - `useDocumentFile(file)`, `useTestPicture()`, `useDocumentDevice()` choose what feeds the document stream.
 * - `bindSpeaker(element)` keeps a media element on the chosen speaker; returns the unbinder.
 * - `playTestSound(notes)` on the chosen speaker.
 */
export class Devices extends Observable<DevicesState> {
	readonly #choices = new Choices(
		() => this.state,
		() => this.#tell(),
	);
	readonly #cameras = new Cameras({
		choices: this.#choices,
		list: () => this.state.cameras,
		relist: () => this.#list(),
		of: (role) => this.#hardware[role],
	});
	readonly #microphones = new Microphones({
		choices: this.#choices,
		list: () => this.state.microphones,
		relist: () => this.#list(),
		isOpen: () => this.#hardware.microphone.isOpen,
		missed: (missed) => this.#missed('microphone', missed),
	});
	readonly #hardware: Record<DeviceKind, Hardware>;
	readonly #speakers = new Speakers();
	readonly #patience = new Patience(() => this.#look());
	readonly #onDeviceChange = () => this.#lookAtOnce();
	readonly #documentFeed = new DocumentFeed(() => this.#openCamera('document'));
	readonly #turns: Record<Line, Promise<void>> = {
		list: Promise.resolve(),
		pictures: Promise.resolve(),
		sound: Promise.resolve(),
	};
	#started = false;
	#closed = false;

	constructor() {
		super({
			cameras: [],
			microphones: [],
			speakers: [],
			chosen: { camera: null, microphone: null, speaker: null, document: null },
			using: { camera: null, microphone: null, speaker: null, document: null },
			documentSource: { type: 'device' },
			open: { camera: false, microphone: false, document: false },
			problems: {},
			missed: {},
			silent: false,
			canChooseSpeaker: 'setSinkId' in HTMLMediaElement.prototype,
		});
		const role = (kind: DeviceKind, open: () => Promise<Opened>) =>
			new Hardware({
				kind,
				open,
				changed: () => this.#tell(),
				lost: () => this.#lookAtOnce(),
				watch: kind === 'microphone' ? watchSound : watchPictures,
			});
		this.#hardware = {
			camera: role('camera', () => this.#openCamera('camera')),
			microphone: role('microphone', () => this.#microphones.open()),
			document: role('document', () => this.#documentFeed.open()),
		};
		this.#tell();
	}

	async start(): Promise<void> {
		if (this.#started) return;
		this.#started = true;
		mediaDevices()?.addEventListener('devicechange', this.#onDeviceChange);
		void this.#followPermissions();
		await this.#look();
	}

	/** Reads the list of devices again and tries whatever is wanted and not there, what was refused included. */
	async refresh(): Promise<void> {
		this.#patience.refresh();
		await this.#look({ refused: true });
	}

	hold(kind: DeviceKind, onTrack?: OnTrack): DeviceLease {
		return this.#hardware[kind].hold(onTrack).lease;
	}

	/** `onTrack` is told of changes, not of the first track. */
	async lease(kind: DeviceKind, onTrack?: OnTrack): Promise<DeviceLease> {
		const hardware = this.#hardware[kind];
		let isSettled = false;
		const { lease, settled } = hardware.hold((track) => isSettled && onTrack?.(track));
		await settled;
		isSettled = true;
		const { problem } = hardware;
		if (!problem) return lease;
		lease.release();
		// Told until it is solved, although nobody waits for it any more.
		hardware.problem = problem;
		this.#tell();
		throw problem;
	}

	async leaseScreen(onEnded: () => void): Promise<ScreenLease | null> {
		return await leaseScreen(onEnded);
	}

	async choose(role: DeviceRole, id: string | null): Promise<void> {
		const { label, undo } = this.#choices.choose(role, id);
		if (role === 'speaker') await this.#speakers.route(this.#choices.speaker);
		else await this.#inTurn(lineOf(role), () => this.#switch(role, label, undo));
	}

	async useDocumentFile(file: File): Promise<void> {
		await this.#feedDocument(file);
	}

	async useTestPicture(): Promise<void> {
		await this.#feedDocument('test-picture');
	}

	async useDocumentDevice(): Promise<void> {
		await this.#feedDocument('device');
	}

	bindSpeaker(element: HTMLMediaElement): () => void {
		return this.#speakers.bind(element);
	}

	async playTestSound(notes?: number): Promise<void> {
		await this.#speakers.playTestSound(notes);
	}

	close(): void {
		this.#closed = true;
		mediaDevices()?.removeEventListener('devicechange', this.#onDeviceChange);
		this.#patience.stop();
		for (const kind of DEVICE_KINDS) this.#hardware[kind].close();
		this.#speakers.close();
	}

	#lookAtOnce(): void {
		this.#patience.refresh();
		void this.#look();
	}

	/** Brings what is open to what is remembered and plugged in. */
	async #look({ refused = false } = {}): Promise<void> {
		await this.#inTurn('list', () => this.#list());
		await Promise.all([
			this.#inTurn('sound', () => this.#tend('microphone', refused)),
			this.#inTurn('pictures', async () => {
				await Promise.all([this.#tend('camera', refused), this.#tend('document', refused)]);
			}),
		]);
		this.#tell();
	}

	/** Looking and switching do not disturb each other. */
	async #inTurn(line: Line, work: () => Promise<void>): Promise<void> {
		const turn = this.#turns[line].then(async () => {
			if (!this.#closed) await work();
		});
		this.#turns[line] = turn.catch(() => undefined);
		await turn;
	}

	async #list(): Promise<void> {
		this.patch(await listDevices().catch(() => ({})));
		this.#tell();
		await this.#speakers.route(this.#choices.speaker);
	}

	async #tend(kind: DeviceKind, refused: boolean): Promise<void> {
		const hardware = this.#hardware[kind];
		if (hardware.waiting) {
			if (refused || hardware.problem?.passes !== false) await hardware.tend();
			return;
		}
		const { failingSince } = hardware;
		const failed = failingSince !== null && performance.now() - failingSince >= REOPEN_AFTER_MS;
		try {
			if (failed && kind !== 'microphone') await hardware.reopen({ closeFirst: true });
			else if (this.#isOutdated(kind)) await hardware.reopen();
		} catch {
			// What was open goes on; if nothing is, it is tried again.
			await hardware.tend();
		}
	}

	/** The chosen device is back while another one is in use, or the browser's `default` means another one now. */
	#isOutdated(kind: DeviceKind): boolean {
		const open = this.#hardware[kind].device;
		if (!open) return false;
		const chosen = this.#choices.chosen(kind);
		if (chosen) return chosen.id !== open.id;
		return kind === 'microphone' && this.#microphones.hasMoved(open);
	}

	/** Switches a role to what was just chosen for it; `undo` when that cannot be had. */
	async #switch(kind: DeviceKind, label: string, undo: () => void): Promise<void> {
		const hardware = this.#hardware[kind];
		const other = kind === 'microphone' ? null : this.#hardware[kind === 'camera' ? 'document' : 'camera'];
		// Either may be opening the very camera that was chosen.
		await Promise.all([hardware.settled(), other?.settled()]);
		const wanted = this.#choices.chosen(kind)?.id;
		const clashes = wanted !== undefined && other?.device?.id === wanted ? other : null;
		this.#missed(kind, null);
		hardware.last = null;
		await clashes?.pause();
		try {
			await hardware.reopen({ closeFirst: clashes !== null }).catch(async (error: unknown) => {
				// Two at once may be more than this PC's USB carries.
				if (toDeviceError(error, kind).key !== 'busy' || !hardware.isOpen) throw error;
				await hardware.reopen({ closeFirst: true });
			});
		} catch (error) {
			undo();
			await hardware.tend();
			this.#missed(kind, { label, code: toDeviceError(error, kind).code });
		}
		if (clashes) {
			clashes.last = null;
			await clashes.tend();
		}
		this.#tell();
	}

	async #feedDocument(feed: Feed): Promise<void> {
		const { label, undo } = this.#documentFeed.choose(feed);
		this.#tell();
		await this.#inTurn('pictures', () => this.#switch('document', label, undo));
	}

	async #openCamera(kind: 'camera' | 'document'): Promise<Opened> {
		const opened = await this.#cameras.open(kind);
		this.#missed(kind, this.#choices.unplugged(kind));
		return opened;
	}

	/** A permission that is given later mends what was refused. */
	async #followPermissions(): Promise<void> {
		for (const name of ['camera', 'microphone'] as const) {
			const status = await navigator.permissions.query({ name }).catch(() => null);
			status?.addEventListener('change', () => {
				if (status.state === 'granted') void this.refresh();
			});
		}
	}

	#missed(kind: DeviceKind, missed: MissedChoice | null): void {
		const { [kind]: _before, ...others } = this.state.missed;
		this.patch({ missed: missed ? { ...others, [kind]: missed } : others });
	}

	/** The state as it follows from the roles, and the next attempt where something is not as it should be. */
	#tell(): void {
		if (this.#closed) return;
		const of = <T>(read: (hardware: Hardware) => T) => ({
			camera: read(this.#hardware.camera),
			microphone: read(this.#hardware.microphone),
			document: read(this.#hardware.document),
		});
		const codes = Object.entries(of(({ code }) => code)).filter(([, code]) => code !== undefined);
		this.patch({
			chosen: this.#choices.ids,
			documentSource: this.#documentFeed.source,
			using: { ...of(({ device }) => device?.id ?? null), speaker: this.#choices.speaker },
			open: of(({ isOpen }) => isOpen),
			problems: Object.fromEntries(codes),
			silent: this.#hardware.microphone.failingSince !== null,
		});
		const unwell = DEVICE_KINDS.some((kind) => {
			const { waiting, problem, code } = this.#hardware[kind];
			return (waiting && problem?.passes === true) || code === NO_PICTURE || this.#isOutdated(kind);
		});
		if (unwell) this.#patience.keep();
	}
}
