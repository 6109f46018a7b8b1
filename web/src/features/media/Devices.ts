import { nameOf, toDeviceError } from './deviceErrors.ts';
import { recallDevices, rememberDevices } from './deviceMemory.ts';
import {
	DeviceError,
	type DeviceInfo,
	type DeviceKind,
	type DeviceLease,
	type DevicesState,
} from './deviceTypes.ts';
import { givesPictures } from './firstFrame.ts';
import { pictureFromFile, testPicture } from './documentPicture.ts';
import { Hardware } from './Hardware.ts';
import { Observable } from './observable.ts';
import { playTestSound } from './testSound.ts';

type Choice = DeviceKind | 'speaker';
const KINDS: readonly DeviceKind[] = ['camera', 'microphone', 'document'];

/**
 * The one owner of this PC's cameras, microphone and speaker. Everybody else takes a lease and gets a clone of the
 * track, so that nobody can close what another still uses. Opens nothing unless `lease()` asks.
 *
 * - `start()` lists devices and follows plugging in and out. Call once.
 * - `lease(kind, onTrack?)` opens the device (if closed) and resolves with a lease; throws DeviceError. `onTrack` is
 *   called with a new clone after a change of device, with null when the device has gone (and again when it returns).
 * - `leaseScreen(onEnded)` asks for a screen; null when the person cancels.
 * - `choose(kind, id)` remembers a device on this PC and switches open leases over.
 * - `useDocumentFile(file)`, `useTestPicture()`, `useDocumentDevice()` choose what feeds the document stream.
 * - `bindSpeaker(element)` keeps a media element on the chosen speaker; returns the unbinder.
 * - `playTestSound()` on the chosen speaker.
 */
export class Devices extends Observable<DevicesState> {
	readonly #hardware: Record<DeviceKind, Hardware>;
	readonly #speakers = new Set<HTMLMediaElement>();
	readonly #onDeviceChange = () => void this.refresh();
	#documentFile: File | null = null;
	#started = false;

	constructor() {
		super({
			cameras: [],
			microphones: [],
			speakers: [],
			chosen: recallDevices(),
			documentSource: { type: 'device' },
			open: { camera: false, microphone: false, document: false },
			problems: {},
			canChooseSpeaker: 'setSinkId' in HTMLMediaElement.prototype,
		});
		const changed = () => {
			this.#tellOpen();
		};
		this.#hardware = {
			camera: new Hardware(
				'camera',
				() => this.#openCamera(),
				changed,
				() => this.#gone('camera'),
			),
			microphone: new Hardware(
				'microphone',
				() => this.#openMicrophone(),
				changed,
				() => this.#gone('microphone'),
			),
			document: new Hardware(
				'document',
				() => this.#openDocument(),
				changed,
				() => this.#gone('document'),
			),
		};
	}

	async start(): Promise<void> {
		if (this.#started) return;
		this.#started = true;
		this.#media()?.addEventListener('devicechange', this.#onDeviceChange);
		await this.refresh();
	}

	/** Reads the list of devices again; labels appear once a permission was given. */
	async refresh(): Promise<void> {
		const all = (await this.#media()?.enumerateDevices()) ?? [];
		const of = (kind: MediaDeviceKind): DeviceInfo[] =>
			all.filter((device) => device.kind === kind).map(({ deviceId, label }) => ({ id: deviceId, label }));
		this.patch({ cameras: of('videoinput'), microphones: of('audioinput'), speakers: of('audiooutput') });
		const waiting = KINDS.filter((kind) => this.#hardware[kind].waiting);
		// One that is still not there stays waiting; `problems` says so.
		await Promise.allSettled(waiting.map((kind) => this.#reopen(kind)));
	}

	async lease(kind: DeviceKind, onTrack?: (track: MediaStreamTrack | null) => void): Promise<DeviceLease> {
		try {
			const lease = await this.#hardware[kind].lease(onTrack);
			this.#solved(kind);
			return lease;
		} catch (error) {
			const problem = toDeviceError(error, kind);
			this.patch({ problems: { ...this.state.problems, [kind]: problem.code } });
			throw problem;
		}
	}

	async leaseScreen(onEnded: () => void): Promise<{ track: MediaStreamTrack; release(): void } | null> {
		const media = this.#media();
		if (!media) throw new DeviceError('insecureOrigin', 'screen');
		try {
			const stream = await media.getDisplayMedia({ video: { frameRate: { max: 15 } }, audio: false });
			const [track] = stream.getVideoTracks();
			if (!track) return null;
			track.contentHint = 'text';
			track.addEventListener('ended', onEnded);
			return {
				track,
				release: () => {
					track.removeEventListener('ended', onEnded);
					track.stop();
				},
			};
		} catch (error) {
			if (error instanceof DOMException && error.name === 'NotAllowedError') return null;
			throw toDeviceError(error, 'screen');
		}
	}

	/** A camera chosen for the person is never the document camera too: the other gives way. */
	async choose(kind: Choice, id: string | null): Promise<void> {
		const chosen = { ...this.state.chosen, [kind]: id };
		const other = kind === 'camera' ? 'document' : kind === 'document' ? 'camera' : null;
		const clash = other !== null && id !== null && chosen[other] === id;
		if (clash) chosen[other] = null;
		this.patch({ chosen });
		rememberDevices(chosen);
		if (kind === 'speaker') {
			await Promise.all([...this.#speakers].map((element) => this.#route(element)));
			return;
		}
		await this.#reopen(kind);
		if (clash) await this.#reopen(other);
	}

	async useDocumentFile(file: File): Promise<void> {
		this.#documentFile = file;
		this.patch({ documentSource: { type: 'file', name: file.name } });
		await this.#reopen('document');
	}

	async useTestPicture(): Promise<void> {
		this.patch({ documentSource: { type: 'test-picture' } });
		await this.#reopen('document');
	}

	async useDocumentDevice(): Promise<void> {
		this.patch({ documentSource: { type: 'device' } });
		await this.#reopen('document');
	}

	bindSpeaker(element: HTMLMediaElement): () => void {
		this.#speakers.add(element);
		void this.#route(element);
		return () => this.#speakers.delete(element);
	}

	async playTestSound(): Promise<void> {
		await playTestSound(this.state.canChooseSpeaker ? this.state.chosen.speaker : null);
	}

	close(): void {
		this.#media()?.removeEventListener('devicechange', this.#onDeviceChange);
		for (const kind of KINDS) this.#hardware[kind].close();
		this.#speakers.clear();
	}

	/** Undefined on an insecure origin, where browsers hide `mediaDevices`. */
	#media(): MediaDevices | undefined {
		return 'mediaDevices' in navigator ? navigator.mediaDevices : undefined;
	}

	/** Unplugged, or the permission taken back: another one may do, and if not, why not is said. */
	#gone(kind: DeviceKind): void {
		this.#reopen(kind).catch(() => undefined);
	}

	async #reopen(kind: DeviceKind): Promise<void> {
		try {
			if (await this.#hardware[kind].reopen()) this.#solved(kind);
		} catch (error) {
			const problem = toDeviceError(error, kind);
			this.patch({ problems: { ...this.state.problems, [kind]: problem.code } });
			throw problem;
		}
	}

	/** Read only now: other devices are opened at the same time. */
	#solved(kind: DeviceKind): void {
		const { [kind]: _solved, ...problems } = this.state.problems;
		this.patch({ problems });
	}

	#tellOpen(): void {
		const { camera, microphone, document } = this.#hardware;
		this.patch({ open: { camera: camera.isOpen, microphone: microphone.isOpen, document: document.isOpen } });
	}

	async #route(element: HTMLMediaElement): Promise<void> {
		if (!this.state.canChooseSpeaker) return;
		// A speaker that was unplugged: the browser's default is better than silence.
		await element.setSinkId(this.state.chosen.speaker ?? '').catch(() => element.setSinkId(''));
	}

	async #openMicrophone(): Promise<MediaStreamTrack> {
		return await this.#openChosen('microphone', this.state.chosen.microphone, (which) => ({
			audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...which },
		}));
	}

	async #openCamera(): Promise<MediaStreamTrack> {
		// Below 960×540 browsers send no third simulcast layer.
		const size = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } };
		return await this.#openChosen('camera', this.state.chosen.camera, (which) => ({
			video: { ...size, ...which },
		}));
	}

	/** The chosen device, or the browser's default while that one is not plugged in. */
	async #openChosen(
		kind: 'camera' | 'microphone',
		id: string | null,
		constraints: (which: MediaTrackConstraints) => MediaStreamConstraints,
	): Promise<MediaStreamTrack> {
		if (id === null) return await this.#capture(kind, constraints({}));
		try {
			return await this.#capture(kind, constraints({ deviceId: { exact: id } }));
		} catch (error) {
			if (!['OverconstrainedError', 'NotFoundError'].includes(nameOf(error))) throw error;
			return await this.#capture(kind, constraints({}));
		}
	}

	async #openDocumentDevice(id: string): Promise<MediaStreamTrack> {
		const size = { width: { ideal: 3840 }, height: { ideal: 2160 }, frameRate: { ideal: 15, max: 30 } };
		return await this.#capture('document', { video: { ...size, deviceId: { exact: id } } });
	}

	async #openDocument(): Promise<MediaStreamTrack> {
		const source = this.state.documentSource.type;
		if (source === 'test-picture') return this.#hardware.document.holdPicture(testPicture());
		if (source === 'file' && this.#documentFile) {
			return this.#hardware.document.holdPicture(await pictureFromFile(this.#documentFile));
		}
		// Both may be opened by the same click; the camera chooses first.
		await this.#hardware.camera.settled();
		await this.#learnCameras();
		const own = this.#hardware.camera.deviceId ?? this.state.chosen.camera ?? this.state.cameras[0]?.id;
		const others = this.state.cameras.filter(({ id }) => id !== '' && id !== own);
		const chosen = others.find(({ id }) => id === this.state.chosen.document);
		if (chosen) return await this.#openDocumentDevice(chosen.id);
		for (const { id } of others) {
			const track = await this.#openDocumentDevice(id);
			if (await givesPictures(track)) return track;
			track.stop();
		}
		throw new DeviceError('noCamera', 'document');
	}

	/** Browsers name cameras only once one was opened; without a permission so far, this asks for it. */
	async #learnCameras(): Promise<void> {
		const areNamed = () => this.state.cameras.some(({ id }) => id !== '');
		if (!areNamed()) await this.refresh();
		if (areNamed()) return;
		(await this.#capture('document', { video: true })).stop();
		await this.refresh();
	}

	async #capture(kind: DeviceKind, constraints: MediaStreamConstraints): Promise<MediaStreamTrack> {
		const media = this.#media();
		if (!media) throw new DeviceError('insecureOrigin', kind);
		const stream = await media.getUserMedia(constraints);
		const [track] = stream.getTracks();
		if (!track) throw new DeviceError('busy', kind);
		if (kind === 'document') track.contentHint = 'detail';
		if (kind === 'microphone') track.contentHint = 'speech';
		if (this.state.cameras.concat(this.state.microphones).some(({ label }) => label === ''))
			void this.refresh();
		return track;
	}
}
