import { CALL_REPORT_MS } from '@counter-hub/shared/links/callTimes.ts';
import type { LinkLimits } from '@counter-hub/shared/links/linkTerms.ts';
import type { MeasuredInCall } from '@counter-hub/shared/links/measured.ts';
import type { MediaClient } from '#features/media/MediaClient.ts';
import type { RemoteStream } from '#features/media/mediaTypes.ts';
import { Echo } from '../exchange/Echo.ts';
import { count, type Counted } from '../exchange/reception.ts';
import { Reception, type Step } from './Reception.ts';

const LOOK_EVERY_MS = 2_000;
/** Often enough for a median of ten seconds, and next to nothing beside a call. */
const ECHO_EVERY_MS = 1_000;
const ECHOES_KEPT = 10;

interface Look {
	counted: Counted;
	/** Whose counters these are. */
	streams: string;
}

/**
 * Measures what arrives of the other side of a call, as far as something can be expected of it: a camera that is on, sends
 * and is shown here; a microphone that is not muted. Tells it once it is bad for long, and as the call ends.
 */
export class CallWatch {
	readonly #client: MediaClient;
	readonly #tell: (measured: MeasuredInCall) => void;
	readonly #reception: Reception;
	readonly #echo: Echo;
	readonly #timer: ReturnType<typeof setInterval>;
	#before: Look | null = null;
	#toldAt = -Infinity;

	constructor(client: MediaClient, limits: LinkLimits, tell: (measured: MeasuredInCall) => void) {
		this.#client = client;
		this.#tell = tell;
		this.#reception = new Reception(limits);
		this.#echo = new Echo(client, ECHO_EVERY_MS, ECHOES_KEPT);
		this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS);
	}

	/** @param ended the call is over, and does not go on in another page */
	close(ended: boolean): void {
		clearInterval(this.#timer);
		this.#echo.close();
		const last = ended ? this.#reception.last() : null;
		if (last) this.#tell(last);
	}

	async #look(): Promise<void> {
		const { connection } = this.#client.state;
		const [picture, sound] = [this.#expected('camera'), this.#expected('microphone')];
		const report = connection === 'connected' ? await this.#client.stats() : null;
		const before = this.#before;
		// While the connection is being restored nobody knows what is missing.
		this.#before = report && {
			counted: count(report, picture, sound),
			streams: `${picture?.track.id ?? ''} ${sound?.track.id ?? ''}`,
		};
		const after = this.#before;
		const isSame = before !== null && after !== null && before.streams === after.streams;
		const bad = this.#reception.take(
			isSame ? this.#between(before.counted, after.counted, picture, sound) : null,
		);
		if (!bad || performance.now() - this.#toldAt < CALL_REPORT_MS) return;
		this.#toldAt = performance.now();
		this.#tell(bad);
	}

	/** The other side's stream, where its arrival can be asked for. */
	#expected(source: 'camera' | 'microphone'): RemoteStream | undefined {
		const stream = this.#client.state.streams.find((one) => one.source === source);
		if (!stream || stream.paused || stream.stalled) return undefined;
		if (source === 'microphone') return stream;
		// A browser decodes no pictures for a page that nobody sees.
		return this.#client.wants(stream.id) && document.visibilityState === 'visible' ? stream : undefined;
	}

	#between(
		before: Counted,
		after: Counted,
		picture: RemoteStream | undefined,
		sound: RemoteStream | undefined,
	): Step {
		const grown = (of: (counted: Counted) => number) => Math.max(0, of(after) - of(before));
		return {
			seconds: (after.at - before.at) / 1000,
			picture: picture
				? { frames: grown(({ frames }) => frames), width: after.width, height: after.height }
				: null,
			sound: sound ? { packets: grown(({ soundPackets }) => soundPackets) } : null,
			packets: grown(({ packets }) => packets),
			lost: grown(({ lost }) => lost),
			roundTripMs: this.#echo.roundTripMs,
			jitterMs: after.jitterMs,
			path: after.path,
		};
	}
}
