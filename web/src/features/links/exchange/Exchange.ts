import type { ExchangeTask } from '@counter-hub/shared/links/exchanges.ts';
import type { MeasuredLink } from '@counter-hub/shared/links/measured.ts';
import type { Devices } from '#features/media/Devices.ts';
import type { DeviceLease } from '#features/media/deviceTypes.ts';
import { MediaClient } from '#features/media/MediaClient.ts';
import type { RemoteStream } from '#features/media/mediaTypes.ts';
import { Echo } from './Echo.ts';
import { PictureProbe } from './PictureProbe.ts';
import { count, type Counted } from './reception.ts';
import { SoundProbe } from './SoundProbe.ts';

/** So long is waited for picture and sound before what came is measured all the same. */
const PATIENCE_MS = 12_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * One exchange with a window of another city (L3): sends this PC's camera and microphone, and measures what arrives of
 * the other's. It goes on sending until it is closed, because the other end may have begun later.
 */
export class Exchange {
	readonly task: ExchangeTask;
	readonly #client: MediaClient;
	readonly #leases: DeviceLease[];
	readonly #echo: Echo;
	#probe: { streamId: string; probe: PictureProbe } | null = null;
	#hearing: { track: MediaStreamTrack; probe: SoundProbe } | null = null;
	#enteredAt = 0;
	#firstMs: number | null = null;
	#closed = false;

	constructor(task: ExchangeTask, devices: Devices, pageId: string) {
		this.task = task;
		this.#client = new MediaClient({
			pageId,
			// A room of half a minute outlives no token: whoever is refused is out.
			getAdmission: () => Promise.resolve(task.admission),
		});
		this.#echo = new Echo(this.#client);
		this.#client.subscribe(({ streams }) => {
			this.#watch(streams);
			this.#listen(streams);
		});
		this.#leases = (['camera', 'microphone'] as const).map((kind) =>
			devices.hold(kind, (track) => {
				if (track) void this.#client.publish(kind, track);
				else void this.#client.replaceTrack(kind, null);
			}),
		);
	}

	/** Resolves with what arrived. @throws MediaError where its node refuses */
	async measure(): Promise<MeasuredLink> {
		await this.#client.connect(this.task.admission);
		this.#enteredAt = performance.now();
		await this.#arrival();
		const before = await this.#count();
		await pause(this.task.seconds * 1000);
		const after = await this.#count();
		return this.#between(before, after);
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#echo.close();
		this.#probe?.probe.close();
		this.#hearing?.probe.close();
		this.#client.close();
		for (const lease of this.#leases) lease.release();
	}

	get #picture(): RemoteStream | undefined {
		return this.#client.state.streams.find(({ source }) => source === 'camera');
	}
	get #sound(): RemoteStream | undefined {
		return this.#client.state.streams.find(({ source }) => source === 'microphone');
	}

	#watch(streams: readonly RemoteStream[]): void {
		const picture = streams.find(({ source }) => source === 'camera');
		if (!picture || this.#probe?.streamId === picture.id || this.#closed) return;
		this.#probe?.probe.close();
		const probe = new PictureProbe(picture.track, () => {
			this.#firstMs ??= performance.now() - this.#enteredAt;
		});
		this.#probe = { streamId: picture.id, probe };
		void this.#client.want(picture.id, 'high');
	}

	#listen(streams: readonly RemoteStream[]): void {
		const track = streams.find(({ source }) => source === 'microphone')?.track;
		if (!track || track === this.#hearing?.track || this.#closed) return;
		this.#hearing?.probe.close();
		this.#hearing = { track, probe: new SoundProbe(track) };
	}

	/** Picture and sound are there, or neither will come. */
	async #arrival(): Promise<void> {
		const until = performance.now() + PATIENCE_MS;
		while (performance.now() < until && !this.#closed) {
			const { frames, soundPackets } = await this.#count();
			if (frames > 0 && this.#probe?.probe.isBlind) this.#firstMs ??= performance.now() - this.#enteredAt;
			const isSeen = (frames > 0 && this.#firstMs !== null) || this.#picture?.paused === true;
			const isHeard = soundPackets > 0 || this.#sound?.paused === true;
			if (isSeen && isHeard) return;
			await pause(100);
		}
	}

	async #count(): Promise<Counted> {
		return count(await this.#client.stats(), this.#picture, this.#sound);
	}

	#between(before: Counted, after: Counted): MeasuredLink {
		const seconds = (after.at - before.at) / 1000;
		const frames = Math.max(0, after.frames - before.frames);
		const lost = Math.max(0, after.lost - before.lost);
		const received = Math.max(0, after.packets - before.packets);
		const { motion = 0, contrast = 0 } = this.#probe?.probe.seen ?? {};
		return {
			seconds,
			picture: {
				frames,
				framesPerSecond: seconds > 0 ? frames / seconds : 0,
				width: after.width,
				height: after.height,
				motion,
				contrast,
				firstMs: this.#firstMs,
				blanked: this.#picture?.paused === true,
			},
			sound: {
				packets: Math.max(0, after.soundPackets - before.soundPackets),
				level: this.#hearing ? this.#hearing.probe.level : null,
				muted: this.#sound?.paused === true,
			},
			roundTripMs: this.#echo.roundTripMs,
			lossPercent: received + lost === 0 ? 0 : (100 * lost) / (received + lost),
			jitterMs: after.jitterMs,
			path: after.path,
		};
	}
}
