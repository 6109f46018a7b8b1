import type { Page } from 'playwright-core';

/** What a page paints and receives just now. */
export interface Watched {
	/** Width × height of each video that has a picture, and frames painted so far. */
	videos: { width: number; height: number; frames: number }[];
	/** SRTP cipher suites of the page's peer connections. */
	ciphers: string[];
	/** Received audio energy, summed over all received tracks. */
	audioEnergy: number;
}

/**
 * Must run before the page's own scripts: keeps the page's peer connections, so that their statistics can be read.
 * The page itself has no need to expose them.
 */
export async function keepPeerConnections(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const kept: RTCPeerConnection[] = [];
		const Original = RTCPeerConnection;
		window.RTCPeerConnection = class extends Original {
			constructor(configuration?: RTCConfiguration) {
				super(configuration);
				kept.push(this);
			}
		};
		Object.assign(window, { keptPeerConnections: kept });
	});
}

export async function watch(page: Page): Promise<Watched> {
	return page.evaluate(async () => {
		const videos = [...document.querySelectorAll('video')]
			.filter((video) => video.videoWidth > 0)
			.map((video) => ({
				width: video.videoWidth,
				height: video.videoHeight,
				frames: video.getVideoPlaybackQuality().totalVideoFrames,
			}));
		const ciphers = new Set<string>();
		let audioEnergy = 0;
		const kept =
			(window as unknown as { keptPeerConnections?: RTCPeerConnection[] }).keptPeerConnections ?? [];
		for (const connection of kept) {
			if (connection.connectionState === 'closed') continue;
			for (const stat of (await connection.getStats()).values() as Iterable<Record<string, unknown>>) {
				if (stat['type'] === 'transport' && typeof stat['srtpCipher'] === 'string')
					ciphers.add(stat['srtpCipher']);
				if (stat['type'] === 'inbound-rtp' && stat['kind'] === 'audio')
					audioEnergy += Number(stat['totalAudioEnergy'] ?? 0);
			}
		}
		return { videos, ciphers: [...ciphers], audioEnergy };
	});
}

/** Frames that were received from the network, over all living peer connections. */
export async function framesDecoded(page: Page): Promise<number> {
	return page.evaluate(async () => {
		let frames = 0;
		const kept =
			(window as unknown as { keptPeerConnections?: RTCPeerConnection[] }).keptPeerConnections ?? [];
		for (const connection of kept) {
			if (connection.connectionState === 'closed') continue;
			for (const stat of (await connection.getStats()).values() as Iterable<Record<string, unknown>>) {
				if (stat['type'] === 'inbound-rtp' && stat['kind'] === 'video')
					frames += Number(stat['framesDecoded'] ?? 0);
			}
		}
		return frames;
	});
}
