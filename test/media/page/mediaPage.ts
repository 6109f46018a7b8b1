/// <reference lib="dom" />
import type { MediaAdmission, MediaSource } from '@counter-hub/shared/media/grant.ts';
import { Devices } from '../../../web/src/features/media/Devices.ts';
import { MediaClient } from '../../../web/src/features/media/MediaClient.ts';
import type { DeviceKind, DeviceLease } from '../../../web/src/features/media/deviceTypes.ts';
import type { MediaQuality, MediaState } from '../../../web/src/features/media/mediaTypes.ts';

/** The product's media client and devices on an otherwise empty page, shown in one <video> per remote picture. */
declare global {
	var mediaPage: MediaPage;
	var freshAdmission: () => Promise<MediaAdmission>;
	/** Every RTCPeerConnection of the page, for its statistics. */
	var connections: RTCPeerConnection[];
	/** Every WebSocket of the page, to be cut. */
	var lines: WebSocket[];
}

interface SentLayer {
	rid: string;
	width: number;
	frames: number;
	mode: string;
	/** MIME type. */
	codec: string;
}

interface PaintedFrame {
	streamId: string;
	source: MediaSource;
	receivedAt: number;
	width: number;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

class MediaPage {
	readonly client = new MediaClient({
		pageId: crypto.randomUUID(),
		getAdmission: () => globalThis.freshAdmission(),
	});
	readonly devices = new Devices();
	readonly leases: DeviceLease[] = [];
	readonly frames: PaintedFrame[] = [];
	readonly connectionLog: string[] = [];

	constructor() {
		this.client.subscribe((state) => {
			this.#show(state);
			if (this.connectionLog.at(-1) !== state.connection) this.connectionLog.push(state.connection);
		});
	}

	async publish(kind: DeviceKind): Promise<void> {
		const lease = await this.devices.lease(kind);
		this.leases.push(lease);
		if (lease.track) await this.client.publish(kind, lease.track);
	}

	get state(): MediaState {
		return this.client.state;
	}

	async quality(): Promise<MediaQuality> {
		return await this.client.quality();
	}

	/** Widths and codecs of the layers this page is sending. */
	async sentLayers(): Promise<SentLayer[]> {
		const found: SentLayer[] = [];
		for (const connection of globalThis.connections) {
			const report = await connection.getStats();
			report.forEach((entry: RTCStats & Record<string, unknown>) => {
				if (entry.type !== 'outbound-rtp' || entry['kind'] !== 'video') return;
				found.push({
					rid: text(entry['rid']),
					width: Number(entry['frameWidth'] ?? 0),
					frames: Number(entry['framesEncoded'] ?? 0),
					mode: text(entry['scalabilityMode']),
					codec: text(
						(report.get(text(entry['codecId'])) as Record<string, unknown> | undefined)?.['mimeType'],
					),
				});
			});
		}
		return found;
	}

	async srtpCiphers(): Promise<string[]> {
		const found: string[] = [];
		for (const connection of globalThis.connections) {
			const report = await connection.getStats();
			report.forEach((entry: RTCStats & Record<string, unknown>) => {
				const cipher = entry.type === 'transport' ? text(entry['srtpCipher']) : '';
				if (cipher !== '') found.push(cipher);
			});
		}
		return found;
	}

	#show({ streams }: MediaState): void {
		for (const video of document.querySelectorAll('video')) {
			if (!streams.some(({ track }) => track.id === video.dataset['track'])) video.remove();
		}
		for (const { id, track, kind, source } of streams) {
			if (kind !== 'video' || document.querySelector(`video[data-track="${track.id}"]`)) continue;
			const video = document.createElement('video');
			video.muted = true;
			video.autoplay = true;
			video.dataset['track'] = track.id;
			video.srcObject = new MediaStream([track]);
			const onFrame = (_now: number, { receiveTime, width }: VideoFrameCallbackMetadata) => {
				const receivedAt = performance.timeOrigin + (receiveTime ?? 0);
				this.frames.push({ streamId: id, source, receivedAt, width });
				video.requestVideoFrameCallback(onFrame);
			};
			video.requestVideoFrameCallback(onFrame);
			document.body.append(video);
		}
	}
}

globalThis.mediaPage = new MediaPage();
