/// <reference lib="dom" />

/** What a test may do to the devices of a page: pull them out, let them fail, freeze, fall silent. By their labels. */
interface DeviceLab {
	pull(label: string): Promise<void>;
	plugIn(label: string): void;
	/** `getUserMedia` rejects with an error of this name, for one device or all; null: it works again. */
	fail(name: string | null, label?: string): void;
	/** Every open track ends, as when the PC goes to sleep. */
	sleep(): void;
	/** From now on another device stands behind the browser's `default` microphone. */
	moveDefault(label: string): void;
	/** Cameras opened from now on can be frozen. */
	freezable(): void;
	freeze(frozen: boolean): void;
	/** Cameras asked for from now on are neither given nor refused, as by a driver that hangs. */
	hang(): void;
	/** Microphones opened from now on give nothing. */
	silence(): void;
	/** Labels of the devices behind the open tracks that `getUserMedia` gave. */
	live(): string[];
}
declare global {
	var deviceLab: DeviceLab;
}

/** Runs in the page, before or after its own scripts; needs nothing from outside. */
export function installDeviceLab(): void {
	const media = navigator.mediaDevices;
	const enumerate = media.enumerateDevices.bind(media);
	const open = media.getUserMedia.bind(media);
	const pulled = new Set<string>();
	const failing = new Map<string, string>();
	const given: { track: MediaStreamTrack; label: string }[] = [];
	let isFreezable = false;
	let isFrozen = false;
	let isSilent = false;
	let isHanging = false;
	let movedTo: string | null = null;

	const changed = () => media.dispatchEvent(new Event('devicechange'));
	const end = (track: MediaStreamTrack) => {
		track.stop();
		track.dispatchEvent(new Event('ended'));
	};
	const listed = async () => {
		const all = (await enumerate()).filter(({ label }) => !pulled.has(label));
		return all.map((device) => {
			if (device.kind !== 'audioinput' || device.deviceId !== 'default' || movedTo === null) return device;
			const moved = movedTo;
			return new Proxy(device, {
				get: (target, key): unknown =>
					key === 'label' || key === 'groupId' ? moved : Reflect.get(target, key, target),
			});
		});
	};
	const idOf = (wanted: MediaTrackConstraints | boolean | undefined) => {
		const id = typeof wanted === 'object' ? wanted.deviceId : undefined;
		return typeof id === 'object' && 'exact' in id ? String(id.exact) : null;
	};
	interface Frame {
		close(): void;
	}
	const throughGenerator = (real: MediaStreamTrack): MediaStreamTrack => {
		const make = (name: string, options: unknown): unknown =>
			Reflect.construct(Reflect.get(globalThis, name) as new () => unknown, [options]);
		const { readable } = make('MediaStreamTrackProcessor', { track: real }) as {
			readable: ReadableStream<Frame>;
		};
		const generator = make('MediaStreamTrackGenerator', { kind: 'video' }) as MediaStreamTrack & {
			writable: WritableStream<Frame>;
		};
		const stream = new TransformStream<Frame, Frame>({
			transform: (frame, controller) => {
				if (isFrozen) frame.close();
				else controller.enqueue(frame);
			},
		});
		void readable
			.pipeThrough(stream)
			.pipeTo(generator.writable)
			.catch(() => undefined);
		const settings = real.getSettings();
		generator.getSettings = () => settings;
		return generator;
	};
	const silent = (real: MediaStreamTrack): MediaStreamTrack => {
		const context = new AudioContext();
		const out = context.createMediaStreamDestination();
		new GainNode(context, { gain: 0 }).connect(out);
		const [track] = out.stream.getAudioTracks();
		const settings = real.getSettings();
		real.stop();
		if (!track) throw new Error('no silent track');
		track.getSettings = () => settings;
		return track;
	};

	media.enumerateDevices = listed;
	media.getUserMedia = async (constraints) => {
		const list = await listed();
		const kind = constraints?.audio ? 'audioinput' : 'videoinput';
		const wanted = idOf(constraints?.audio ?? constraints?.video);
		const device = list.find((one) => one.kind === kind && (wanted === null || one.deviceId === wanted));
		if (!device) throw new DOMException('', 'NotFoundError');
		const failure = failing.get('*') ?? failing.get(device.label);
		if (failure !== undefined) throw new DOMException('', failure);
		if (isHanging && kind === 'videoinput') await new Promise(() => undefined);
		const [real] = (await open(constraints)).getTracks();
		if (!real) throw new Error('no track');
		const track =
			kind === 'audioinput' ? (isSilent ? silent(real) : real) : isFreezable ? throughGenerator(real) : real;
		given.push({ track, label: device.label });
		return new MediaStream([track]);
	};
	globalThis.deviceLab = {
		pull: async (label) => {
			await listed();
			pulled.add(label);
			for (const one of given) if (one.label === label && one.track.readyState === 'live') end(one.track);
			changed();
		},
		plugIn: (label) => {
			pulled.delete(label);
			changed();
		},
		fail: (name, label = '*') => {
			if (name === null) failing.delete(label);
			else failing.set(label, name);
		},
		sleep: () => {
			for (const { track } of given) if (track.readyState === 'live') end(track);
		},
		moveDefault: (label) => {
			movedTo = label;
			changed();
		},
		freezable: () => {
			isFreezable = true;
		},
		freeze: (frozen) => {
			isFrozen = frozen;
		},
		hang: () => {
			isHanging = true;
		},
		silence: () => {
			isSilent = true;
		},
		live: () => given.filter(({ track }) => track.readyState === 'live').map(({ label }) => label),
	};
}
