import { QUALITY_MIN_INTERVAL_MS } from './mediaLimits.ts';
import type { MediaQuality, MediaState, RemoteStream, StreamQuality } from './mediaTypes.ts';
import type { RoomLink } from './RoomLink.ts';

interface Counters {
	received: number;
	lost: number;
}

/** What the page's own receiving transport measures; loss is counted between two measurements. */
export class QualityMeter {
	readonly #before = new Map<string, Counters>();

	#last: { at: number; value: Promise<MediaQuality> } | null = null;

	/** The present quality; within a second of the last reading, that one. */
	async read(link: RoomLink | null, state: MediaState): Promise<MediaQuality> {
		const now = performance.now();
		if (!this.#last || now - this.#last.at >= QUALITY_MIN_INTERVAL_MS) {
			this.#last = { at: now, value: this.#measure(link, state) };
		}
		return await this.#last.value;
	}

	async #measure(link: RoomLink | null, { streams, connection }: MediaState): Promise<MediaQuality> {
		if (!link || link.closed) return { rttMs: null, lossPercent: 0, receiving: false, level: 0, streams: [] };
		return this.#interpret(await link.worker.receive.getStats(), streams, connection === 'connected');
	}

	#interpret(report: RTCStatsReport, streams: readonly RemoteStream[], connected: boolean): MediaQuality {
		const streamOf = new Map(streams.map((stream) => [stream.track.id, stream]));
		const found: StreamQuality[] = [];
		const roundTrips: number[] = [];
		let received = 0;
		let lost = 0;
		report.forEach((entry: RTCStats & Record<string, unknown>) => {
			if (
				entry.type === 'candidate-pair' &&
				entry['nominated'] === true &&
				isNumber(entry['currentRoundTripTime'])
			) {
				roundTrips.push(Math.round(entry['currentRoundTripTime'] * 1000));
			}
			const stream =
				entry.type === 'inbound-rtp' ? streamOf.get(String(entry['trackIdentifier'])) : undefined;
			if (!stream) return;
			const since = this.#since(entry.id, number(entry['packetsReceived']), number(entry['packetsLost']));
			received += since.received;
			lost += since.lost;
			found.push({
				streamId: stream.id,
				lossPercent: percent(since),
				jitterMs: Math.round(number(entry['jitter']) * 1000),
				width: number(entry['frameWidth']),
				height: number(entry['frameHeight']),
				framesPerSecond: number(entry['framesPerSecond']),
			});
		});
		const rttMs = roundTrips[0] ?? null;
		const lossPercent = percent({ received, lost });
		// Without a figure nothing is known, and nothing is not “very good”.
		const receiving = received > 0;
		const isKnown = receiving || (connected && rttMs !== null);
		return {
			rttMs,
			lossPercent,
			receiving,
			level: isKnown ? level(rttMs ?? 0, lossPercent) : 0,
			streams: found,
		};
	}

	#since(id: string, received: number, lost: number): Counters {
		const before = this.#before.get(id) ?? { received: 0, lost: 0 };
		this.#before.set(id, { received, lost });
		return { received: Math.max(0, received - before.received), lost: Math.max(0, lost - before.lost) };
	}
}

/** Thresholds at which people begin to notice (ITU-T G.114 for delay; concealment hides about 1 % of loss). */
function level(rttMs: number, lossPercent: number): 1 | 2 | 3 | 4 {
	if (rttMs <= 100 && lossPercent <= 1) return 4;
	if (rttMs <= 200 && lossPercent <= 3) return 3;
	if (rttMs <= 400 && lossPercent <= 8) return 2;
	return 1;
}

function percent({ received, lost }: Counters): number {
	return received + lost === 0 ? 0 : Math.round((lost / (received + lost)) * 1000) / 10;
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const number = (value: unknown): number => (isNumber(value) ? value : 0);
