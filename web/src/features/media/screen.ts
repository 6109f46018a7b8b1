import { mediaDevices } from './capture.ts';
import { nameOf, toDeviceError } from './deviceErrors.ts';
import { DeviceError } from './deviceTypes.ts';

export interface ScreenLease {
	readonly track: MediaStreamTrack;
	release(): void;
}

/** Asks which screen; null when the person thinks better of it. `onEnded`: stopped in the browser's own bar. */
export async function leaseScreen(onEnded: () => void): Promise<ScreenLease | null> {
	const media = mediaDevices();
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
		if (nameOf(error) === 'NotAllowedError') return null;
		throw toDeviceError(error, 'screen');
	}
}
