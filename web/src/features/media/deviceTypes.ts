/** Hardware that this PC opens for the call; `screen` is asked for each time. */
export type DeviceKind = 'camera' | 'microphone' | 'document';

export interface DeviceInfo {
	readonly id: string;
	/** Empty until the browser has been allowed to use a device of this kind. */
	readonly label: string;
}

const DEVICE_PROBLEMS = {
	noCamera: 'DEV-1001',
	noMicrophone: 'DEV-1002',
	refused: 'DEV-1003',
	busy: 'DEV-1004',
	insecureOrigin: 'DEV-1005',
	unreadablePicture: 'DEV-1006',
} as const;
export type DeviceProblemKey = keyof typeof DEVICE_PROBLEMS;
export type DeviceProblemCode = (typeof DEVICE_PROBLEMS)[DeviceProblemKey];

/**
 * Why a device cannot be used:
 * DEV-1001 no (second) camera · DEV-1002 no microphone · DEV-1003 permission refused · DEV-1004 in use elsewhere or
 * not readable · DEV-1005 the page is not on a secure origin · DEV-1006 the chosen picture cannot be read.
 */
export class DeviceError extends Error {
	readonly key: DeviceProblemKey;
	readonly code: DeviceProblemCode;
	readonly kind: DeviceKind | 'screen';

	constructor(key: DeviceProblemKey, kind: DeviceKind | 'screen', cause?: unknown) {
		super(`${DEVICE_PROBLEMS[key]} ${key} (${kind})`, cause === undefined ? undefined : { cause });
		this.name = 'DeviceError';
		this.key = key;
		this.code = DEVICE_PROBLEMS[key];
		this.kind = kind;
	}
}

/** What feeds the document stream: a video device, a picture from a file, or the built-in test picture. */
type DocumentSource =
	| { readonly type: 'device' }
	| { readonly type: 'file'; readonly name: string }
	| { readonly type: 'test-picture' };

export interface DevicesState {
	readonly cameras: readonly DeviceInfo[];
	readonly microphones: readonly DeviceInfo[];
	readonly speakers: readonly DeviceInfo[];
	/** Device ids in use or remembered; null: the browser's default, or none there. */
	readonly chosen: {
		readonly camera: string | null;
		readonly microphone: string | null;
		readonly speaker: string | null;
		/** Never the same as `camera`. */
		readonly document: string | null;
	};
	readonly documentSource: DocumentSource;
	/** Which hardware is open now. */
	readonly open: Readonly<Record<DeviceKind, boolean>>;
	readonly problems: Readonly<Partial<Record<DeviceKind, DeviceProblemCode>>>;
	readonly canChooseSpeaker: boolean;
}

/** One user's claim on a device. The hardware closes when its last lease is released. */
export interface DeviceLease {
	readonly kind: DeviceKind;
	/** This lease's own clone; another one after a change of device, null once the device is gone. */
	readonly track: MediaStreamTrack | null;
	release(): void;
}
