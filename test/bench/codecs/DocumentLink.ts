/// <reference lib="dom" />
import type { Page } from 'playwright-core';

export interface LinkOptions {
	/** As browsers name it: `video/VP9`. */
	readonly mimeType: string;
	/** Bits per second that the encoder may use. */
	readonly rate: number;
}

export interface LinkFigures {
	/** Pictures per second that were encoded, and how long the encoder took for each, in ms. */
	readonly fps: number;
	readonly encodeMs: number;
	readonly decodeMs: number;
	/** Bits per second that were sent. */
	readonly sent: number;
}

declare global {
	var documentLink: {
		figures(): Promise<Record<'at' | 'encoded' | 'encodeS' | 'decoded' | 'decodeS' | 'bytes', number>>;
		close(): void;
	};
}

/** The picture that the link shows. */
export const SHOWN = 'video.far';

/**
 * Sends the page's camera for papers to itself as a call sends papers (one layer, 15 pictures a second, kept in detail),
 * in a codec and within a rate. False where this browser does not send that codec.
 */
export async function openLink(page: Page, options: LinkOptions): Promise<boolean> {
	return await page.evaluate(async ({ mimeType, rate }) => {
		const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
		const wanted = codecs.filter((codec) => codec.mimeType.toLowerCase() === mimeType.toLowerCase());
		if (wanted.length === 0) return false;
		await navigator.mediaDevices.getUserMedia({ video: true });
		const devices = await navigator.mediaDevices.enumerateDevices();
		const device = devices.find(({ label }) => label === 'fake_device_1');
		const stream = await navigator.mediaDevices.getUserMedia({
			video: { deviceId: { exact: device?.deviceId ?? '' } },
		});
		const [track] = stream.getVideoTracks();
		if (!track) return false;
		track.contentHint = 'detail';
		const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
		near.onicecandidate = ({ candidate }) => void (candidate && far.addIceCandidate(candidate));
		far.onicecandidate = ({ candidate }) => void (candidate && near.addIceCandidate(candidate));
		const video = Object.assign(document.createElement('video'), { className: 'far', muted: true });
		video.style.width = '640px';
		document.body.append(video);
		far.ontrack = ({ track: seen }) => {
			video.srcObject = new MediaStream([seen]);
			void video.play();
		};
		const { sender } = near.addTransceiver(track, {
			direction: 'sendonly',
			sendEncodings: [
				{ maxBitrate: rate, maxFramerate: 15, scalabilityMode: 'L1T1' } as RTCRtpEncodingParameters,
			],
		});
		near.getTransceivers()[0]?.setCodecPreferences(wanted);
		await near.setLocalDescription();
		if (near.localDescription) await far.setRemoteDescription(near.localDescription);
		await far.setLocalDescription();
		if (far.localDescription) await near.setRemoteDescription(far.localDescription);
		globalThis.documentLink = {
			async figures() {
				const found = { at: performance.now(), encoded: 0, encodeS: 0, decoded: 0, decodeS: 0, bytes: 0 };
				(await sender.getStats()).forEach((entry: Record<string, unknown>) => {
					if (entry['type'] !== 'outbound-rtp') return;
					found.encoded = Number(entry['framesEncoded']);
					found.encodeS = Number(entry['totalEncodeTime']);
					found.bytes = Number(entry['bytesSent']);
				});
				(await far.getStats()).forEach((entry: Record<string, unknown>) => {
					if (entry['type'] !== 'inbound-rtp') return;
					found.decoded = Number(entry['framesDecoded']);
					found.decodeS = Number(entry['totalDecodeTime']);
				});
				return found;
			},
			close() {
				near.close();
				far.close();
				track.stop();
				video.remove();
			},
		};
		return true;
	}, options);
}

/** Over so many milliseconds. */
export async function figuresOver(page: Page, ms: number): Promise<LinkFigures> {
	const before = await page.evaluate(() => globalThis.documentLink.figures());
	await page.waitForTimeout(ms);
	const after = await page.evaluate(() => globalThis.documentLink.figures());
	const seconds = (after.at - before.at) / 1000;
	const encoded = after.encoded - before.encoded;
	return {
		fps: encoded / seconds,
		encodeMs: (1000 * (after.encodeS - before.encodeS)) / Math.max(1, encoded),
		decodeMs: (1000 * (after.decodeS - before.decodeS)) / Math.max(1, after.decoded - before.decoded),
		sent: (8 * (after.bytes - before.bytes)) / seconds,
	};
}

export const closeLink = (page: Page): Promise<void> => page.evaluate(() => globalThis.documentLink.close());
