import type { MeasuredLink } from '@counter-hub/shared/links/measured.ts';

/** What arrives over a link that nobody has anything to say against. */
export const GOOD: MeasuredLink = {
	seconds: 4,
	picture: {
		frames: 98,
		framesPerSecond: 24.5,
		width: 1280,
		height: 720,
		motion: 0.9,
		contrast: 41,
		firstMs: 420,
		blanked: false,
	},
	sound: { packets: 200, level: -38, muted: false },
	roundTripMs: 38,
	lossPercent: 0.1,
	jitterMs: 3,
	path: 'udp',
};
