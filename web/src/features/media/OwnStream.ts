import type { MediaSource } from '@counter-hub/shared/media/grant.ts';
import type { MediaRights } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { RtpParameters } from '@counter-hub/shared/media/rtp.ts';
import type { types } from 'mediasoup-client';
import { MediaError, type LocalStream } from './mediaTypes.ts';
import { sentParameters, type RoomLink } from './RoomLink.ts';
import { Sending } from './Sending.ts';

/** What this page wants to publish of one source; outlives sockets, transports and rooms. */
export class OwnStream {
	readonly source: MediaSource;
	readonly streamId = crypto.randomUUID();
	#track: MediaStreamTrack | null;
	readonly #sending: Sending;
	#producer: types.Producer | null = null;
	/** Kept so that a `produce` whose acknowledgement was lost can be repeated as it was. */
	#rtpParameters: RtpParameters | null = null;
	#acknowledged = false;
	/** The device behind it gives no new pictures. */
	#stalled = false;
	/** The attempt to publish it that is under way. */
	#publishing: { readonly link: RoomLink } | null = null;
	/** The codecs that all viewers can read, once somebody could not read the present one. */
	#readable: readonly string[] | null = null;

	constructor(source: MediaSource, track: MediaStreamTrack, muted: boolean) {
		this.source = source;
		this.#track = track;
		this.#sending = new Sending(muted);
		void this.#sending.apply(track, null);
	}

	get acknowledged(): boolean {
		return this.#acknowledged;
	}
	get muted(): boolean {
		return this.#sending.muted;
	}
	get shown(): LocalStream {
		const { muted, wanted, budget } = this.#sending;
		return {
			id: this.streamId,
			source: this.source,
			track: this.#track,
			muted,
			wanted,
			budget,
			published: this.#acknowledged,
		};
	}

	async setTrack(track: MediaStreamTrack | null): Promise<void> {
		this.#track = track;
		if (this.#producer && !this.#producer.closed) await this.#producer.replaceTrack({ track });
		await this.#apply();
	}

	async change(change: {
		muted?: boolean;
		wanted?: number;
		budget?: number | null;
		calm?: boolean;
	}): Promise<void> {
		this.#sending.set(change);
		await this.#apply();
	}

	async setStalled(stalled: boolean, link: RoomLink | null): Promise<void> {
		if (this.#stalled === stalled) return;
		this.#stalled = stalled;
		if (this.#acknowledged) await link?.sayStalled(this.streamId, stalled);
	}

	/** Sends the present picture once more, though nothing in it has changed. */
	async refresh(): Promise<void> {
		await this.#sending.refresh();
	}

	/**
	 * Publishes over the link, as soon as the rights allow it; does nothing when that is done or under way. Throws what
	 * the node refused.
	 */
	async publish(link: RoomLink, rights: MediaRights | null): Promise<void> {
		const track = this.#track;
		if (rights?.stage !== 'member' || this.#acknowledged || this.#publishing?.link === link || !track) return;
		if (!rights.publish.some(({ source }) => source === this.source)) return;
		const attempt = { link };
		this.#publishing = attempt;
		try {
			if (!this.#producer && track.readyState !== 'ended') await this.#begin(attempt, track);
			if (this.#publishing === attempt) await this.#announce(link);
		} finally {
			if (this.#publishing === attempt) this.#publishing = null;
		}
	}

	/** The node has it, and so much of it is wanted; or it has not. */
	async reconcile(wanted: number | undefined, link: RoomLink): Promise<void> {
		this.#acknowledged = wanted !== undefined;
		if (wanted === undefined) return;
		await this.change({ wanted });
		// What was said of it while the socket was away.
		await Promise.all([this.tellMuted(link), link.sayStalled(this.streamId, this.#stalled)]);
	}

	async tellMuted(link: RoomLink): Promise<void> {
		await link.say(this.muted ? 'stream:pause' : 'stream:resume', this.streamId);
	}

	/**
	 * Not all can read it: from now on it keeps to these codecs, of which one may be none of this browser's. True when it
	 * has been withdrawn for that and is to be published anew.
	 */
	recode(codecs: readonly string[]): boolean {
		const isNews = this.#readable?.join() !== codecs.join();
		this.#readable = codecs;
		const sent = this.#rtpParameters?.codecs[0]?.mimeType.toLowerCase();
		if (!isNews || sent === undefined || codecs.includes(sent)) return false;
		this.withdraw();
		return true;
	}

	/** Sends no more; it may be published anew. */
	withdraw(): void {
		this.#producer?.close();
		this.forget();
	}

	/** The link is gone: everything begins anew over the next one. */
	forget(): void {
		this.#producer = null;
		this.#rtpParameters = null;
		this.#acknowledged = false;
		this.#publishing = null;
		this.#sending.reset();
	}

	async #begin(attempt: { readonly link: RoomLink }, track: MediaStreamTrack): Promise<void> {
		const producer = await attempt.link.send(this.streamId, this.source, track, this.#readable);
		if (!producer || this.#publishing !== attempt) return;
		this.#producer = producer;
		this.#rtpParameters = sentParameters(producer);
	}

	async #announce(link: RoomLink): Promise<void> {
		const [producer, rtpParameters] = [this.#producer, this.#rtpParameters];
		if (!producer || !rtpParameters) return;
		const { streamId, source, muted } = this;
		const { kind } = producer;
		try {
			const { wanted } = await link.announce({ streamId, source, kind, rtpParameters, paused: muted });
			if (this.#producer !== producer) return;
			this.#acknowledged = true;
			this.#sending.set({ wanted });
		} catch (error) {
			// Without an answer the stream may exist; the next socket asks again. It may have a newer link by now.
			const refused = error instanceof MediaError && error.code !== 'SYS-9003';
			if ((refused || link.online) && this.#producer === producer) this.withdraw();
			throw error;
		}
		// Track or mute may have changed while the node was being asked.
		if (producer.track !== this.#track && !producer.closed) {
			await producer.replaceTrack({ track: this.#track });
		}
		if (this.muted !== muted) await this.tellMuted(link);
		if (this.#stalled) await link.sayStalled(streamId, true);
		await this.#apply();
	}

	async #apply(): Promise<void> {
		await this.#sending.apply(this.#track, this.#producer);
	}
}
