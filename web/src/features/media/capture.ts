import { toDeviceError } from './deviceErrors.ts';
import { DeviceError, type DeviceInfo, type DeviceKind } from './deviceTypes.ts';

/** Papers are read from about eight million pixels; more cost time and add nothing that can be sent. */
const PAPER = { width: 3840, height: 2160 };
export const PAPER_PIXELS = PAPER.width * PAPER.height;

/** Undefined on an insecure origin, where browsers hide `mediaDevices`. */
export const mediaDevices = (): MediaDevices | undefined =>
	'mediaDevices' in navigator ? navigator.mediaDevices : undefined;

/** Opens one device, or the browser's default of its kind. Throws DeviceError. */
export async function capture(kind: DeviceKind, device: DeviceInfo | null): Promise<MediaStreamTrack> {
	const media = mediaDevices();
	if (!media) throw new DeviceError('insecureOrigin', kind);
	const which = device ? { deviceId: { exact: device.id } } : {};
	try {
		const stream = await media.getUserMedia(constraints(kind, device, which));
		const [track] = stream.getTracks();
		if (!track) throw new DeviceError('busy', kind);
		if (kind === 'document') track.contentHint = 'detail';
		if (kind === 'microphone') track.contentHint = 'speech';
		return track;
	} catch (error) {
		throw toDeviceError(error, kind);
	}
}

function constraints(
	kind: DeviceKind,
	device: DeviceInfo | null,
	which: MediaTrackConstraints,
): MediaStreamConstraints {
	switch (kind) {
		case 'microphone':
			return { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...which } };
		case 'camera':
			// Below 960×540 browsers send no third simulcast layer.
			return {
				video: {
					width: { ideal: 1280 },
					height: { ideal: 720 },
					frameRate: { ideal: 25, max: 30 },
					...which,
				},
			};
		case 'document':
			return { video: { ...wholePaper(device?.most), frameRate: { ideal: 15, max: 30 }, ...which } };
	}
}

/** As the camera gives it, uncropped: a size in the camera's own shape, with as many pixels as papers need. */
function wholePaper(most: { width: number; height: number } = PAPER): MediaTrackConstraints {
	const scale = Math.min(1, Math.sqrt(PAPER_PIXELS / (most.width * most.height)));
	return {
		width: { ideal: Math.round(most.width * scale) },
		height: { ideal: Math.round(most.height * scale) },
		resizeMode: 'none',
	} as MediaTrackConstraints;
}
