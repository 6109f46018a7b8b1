import type { MediaSource } from '@counter-hub/shared/media/grant.ts';
import type { types } from 'mediasoup-client';
import { PAPER_PIXELS } from './capture.ts';

type Encodings = NonNullable<types.ProducerOptions['encodings']>;
type SendOptions = Pick<types.ProducerOptions, 'encodings' | 'codecOptions'>;

const CAMERA_LAYERS: Encodings = [
	{ scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
	{ scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
	{ scaleResolutionDownBy: 1, maxBitrate: 1_700_000, scalabilityMode: 'L1T3' },
];

/**
 * Papers keep their resolution; the encoder leaves pictures out when it may not send them all. One encoding without
 * layers: what a viewer's line carries is told to us (`stream:budget`), so that nothing is thrown away on the way.
 */
const DETAIL = { maxBitrate: 8_000_000, maxFramerate: 15, scalabilityMode: 'L1T1' };

/**
 * Of a picture with one layer in which nothing happens. Bits are as many as before: the encoder would come back to its
 * rate only after a while.
 */
export const CALM_FPS = 2;

/** How much smaller a detailed picture is sent than it comes: whole, and with no more pixels than papers need. */
export function detailScale(track: MediaStreamTrack): number {
	const { width = 0, height = 0 } = track.getSettings();
	return Math.max(1, Math.sqrt((width * height) / PAPER_PIXELS));
}

export function sendOptions(source: MediaSource, track: MediaStreamTrack): SendOptions {
	switch (source) {
		case 'microphone':
			return { codecOptions: { opusFec: true, opusDtx: true, opusStereo: false } };
		case 'camera':
			return {
				encodings: cameraLayers(track.getSettings()),
				codecOptions: { videoGoogleStartBitrate: 1000 },
			};
		case 'document':
		case 'screen':
			return {
				encodings: [{ ...DETAIL, scaleResolutionDownBy: detailScale(track) }],
				codecOptions: { videoGoogleStartBitrate: 3000 },
			};
	}
}

/** Browsers send three layers from 960×540 on, two from 480×270. */
function cameraLayers({ width = 0, height = 0 }: MediaTrackSettings): Encodings {
	const pixels = width * height;
	const count = pixels >= 960 * 540 ? 3 : pixels >= 480 * 270 ? 2 : 1;
	return CAMERA_LAYERS.slice(CAMERA_LAYERS.length - count);
}
