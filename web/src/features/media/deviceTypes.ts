/** Hardware that this PC opens for the call; `screen` is asked for each time. */
export type DeviceKind = 'camera' | 'microphone' | 'document';
/** What a device can be chosen for. */
export type DeviceRole = DeviceKind | 'speaker';
export const DEVICE_KINDS: readonly DeviceKind[] = ['microphone', 'camera', 'document'];

export interface DeviceInfo {
	readonly id: string;
	/** Empty until the browser has been allowed to use a device of this kind. */
	readonly label: string;
	/** The same for all parts of one device; the browser's `default` entry shows here which device it stands for. */
	readonly group?: string;
	/** Of cameras, where the browser knows it: the most pixels each way. */
	readonly most?: { readonly width: number; readonly height: number };
}

const DEVICE_PROBLEMS = {
	noCamera: 'DEV-1001',
	noMicrophone: 'DEV-1002',
	refused: 'DEV-1003',
	busy: 'DEV-1004',
	insecureOrigin: 'DEV-1005',
	unreadablePicture: 'DEV-1006',
	unplugged: 'DEV-1007',
	noPicture: 'DEV-1008',
} as const;
export type DeviceProblemKey = keyof typeof DEVICE_PROBLEMS;
export type DeviceProblemCode = (typeof DEVICE_PROBLEMS)[DeviceProblemKey];
/** The camera is open and gives no new pictures. */
export const NO_PICTURE = DEVICE_PROBLEMS.noPicture;

/**
 * Why a device cannot be used:
 * DEV-1001 no (second) camera · DEV-1002 no microphone · DEV-1003 permission refused · DEV-1004 in use elsewhere or
 * not readable · DEV-1005 the page is not on a secure origin · DEV-1006 the chosen picture cannot be read ·
 * DEV-1007 the device was unplugged · DEV-1008 the camera is open and gives no pictures.
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

	/** It may pass by itself, or by plugging something in: worth trying again unasked. */
	get passes(): boolean {
		return !['refused', 'insecureOrigin', 'unreadablePicture'].includes(this.key);
	}
}

/** What feeds the document stream: a video device, a picture from a file, or the built-in test picture. */
export type DocumentSource =
	| { readonly type: 'device' }
	| { readonly type: 'file'; readonly name: string }
	| { readonly type: 'test-picture' };

/** Something else is in use than what was chosen. */
export interface MissedChoice {
	/** Name of the chosen one. */
	readonly label: string;
	/** Why it is not in use. */
	readonly code: DeviceProblemCode;
}

export interface DevicesState {
	readonly cameras: readonly DeviceInfo[];
	readonly microphones: readonly DeviceInfo[];
	readonly speakers: readonly DeviceInfo[];
	/** Device ids remembered on this PC; null: none was chosen. No camera is chosen for two roles. */
	readonly chosen: Readonly<Record<DeviceRole, string | null>>;
	/** Ids of the devices that are open now, or for the speaker in use; null: none, or the browser's default. */
	readonly using: Readonly<Record<DeviceRole, string | null>>;
	readonly documentSource: DocumentSource;
	/** Which hardware is open now. */
	readonly open: Readonly<Record<DeviceKind, boolean>>;
	/** Why a role that is wanted has nothing to give. */
	readonly problems: Readonly<Partial<Record<DeviceKind, DeviceProblemCode>>>;
	readonly missed: Readonly<Partial<Record<DeviceKind, MissedChoice>>>;
	/** The open microphone has given nothing but silence for half a minute. */
	readonly silent: boolean;
	readonly canChooseSpeaker: boolean;
}

/** One user's claim on a device. The hardware closes when its last lease is released. */
export interface DeviceLease {
	readonly kind: DeviceKind;
	/** This lease's own clone; another one after a change of device, null while there is none. */
	readonly track: MediaStreamTrack | null;
	release(): void;
}
/** Told of each new clone, and of null while the device has nothing to give. */
export type OnTrack = (track: MediaStreamTrack | null) => void;
