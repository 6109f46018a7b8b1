import type { Problem } from '@counter-hub/shared/errors/problem.ts';
import type { MediaSource } from '@counter-hub/shared/media/grant.ts';
import type { MediaRights, RoomEntry } from '@counter-hub/shared/media/mediaProtocol.ts';
import { MediaError, type LocalStream } from './mediaTypes.ts';
import { OwnStream } from './OwnStream.ts';
import type { RoomLink } from './RoomLink.ts';

interface LocalMediaContext {
	readonly link: () => RoomLink | null;
	readonly rights: () => MediaRights | null;
	readonly show: (local: readonly LocalStream[]) => void;
	readonly refused: (problem: Problem) => void;
}

/** What this page wants to publish, brought to the node as soon as rights and connection allow, again and again. */
export class LocalMedia {
	readonly #context: LocalMediaContext;
	readonly #streams = new Map<MediaSource, OwnStream>();

	constructor(context: LocalMediaContext) {
		this.#context = context;
	}

	async publish(source: MediaSource, track: MediaStreamTrack, muted: boolean): Promise<void> {
		if (this.#streams.has(source)) {
			await this.replaceTrack(source, track);
			await this.setMuted(source, muted);
			return;
		}
		const stream = new OwnStream(source, track, muted);
		this.#streams.set(source, stream);
		this.#show();
		await this.#publishOne(stream);
	}

	async replaceTrack(source: MediaSource, track: MediaStreamTrack | null): Promise<void> {
		const stream = this.#streams.get(source);
		if (!stream) return;
		await stream.setTrack(track);
		await this.#publishOne(stream);
		this.#show();
	}

	async setMuted(source: MediaSource, muted: boolean): Promise<void> {
		const stream = this.#streams.get(source);
		if (!stream || stream.muted === muted) return;
		await stream.change({ muted });
		this.#show();
		const link = this.#context.link();
		if (stream.acknowledged && link) await stream.tellMuted(link);
	}

	/** Nothing happens in the picture, or something does again. */
	async setCalm(source: MediaSource, calm: boolean): Promise<void> {
		await this.#streams.get(source)?.change({ calm });
	}

	/** The camera gives no new pictures, or does again: the viewers are told. */
	async setStalled(source: MediaSource, stalled: boolean): Promise<void> {
		await this.#streams.get(source)?.setStalled(stalled, this.#context.link());
	}

	async unpublish(source: MediaSource): Promise<void> {
		const stream = this.#streams.get(source);
		if (!stream) return;
		this.#streams.delete(source);
		const there = stream.acknowledged;
		stream.withdraw();
		this.#show();
		if (there) await this.#context.link()?.say('stream:close', stream.streamId);
	}

	/** What the node asks of one stream. */
	async change(streamId: string, change: { wanted?: number; budget?: number | null }): Promise<void> {
		const stream = this.#byId(streamId);
		if (!stream) return;
		await stream.change(change);
		this.#show();
	}

	/** Not all viewers can read the present codec: it is sent anew in one of these. */
	async recode(streamId: string, codecs: readonly string[]): Promise<void> {
		const stream = this.#byId(streamId);
		if (!stream?.recode(codecs)) return;
		this.#show();
		await this.#context.link()?.say('stream:close', streamId);
		await this.#publishOne(stream);
	}

	async refresh(streamId: string): Promise<void> {
		await this.#byId(streamId)?.refresh();
	}

	/** The node closed it, because the rights no longer allow it. */
	closed(streamId: string): void {
		this.#byId(streamId)?.withdraw();
		this.#show();
	}

	/** After a resumed socket: what the node lists is what it has. */
	async reconcile(held: RoomEntry['streams']): Promise<void> {
		const link = this.#context.link();
		if (!link) return;
		const wanted = new Map(held.map((stream) => [stream.streamId, stream.wanted]));
		const each = [...this.#streams.values()].map((one) => one.reconcile(wanted.get(one.streamId), link));
		this.#show();
		await Promise.all(each);
		await this.publishAll();
	}

	/** The link is gone: everything is published anew over the next one. */
	forgetLink(): void {
		for (const stream of this.#streams.values()) stream.forget();
		this.#show();
	}

	async publishAll(): Promise<void> {
		await Promise.all([...this.#streams.values()].map((stream) => this.#publishOne(stream)));
	}

	async #publishOne(stream: OwnStream): Promise<void> {
		const link = this.#context.link();
		if (!link) return;
		try {
			await stream.publish(link, this.#context.rights());
			// Given up while the node was being asked.
			if (this.#streams.get(stream.source) !== stream) {
				stream.withdraw();
				await link.say('stream:close', stream.streamId);
			}
		} catch (error) {
			// A link or socket that went away meanwhile brings its own next attempt.
			const there = this.#context.link() === link;
			if (there && error instanceof MediaError && error.code !== 'SYS-9003')
				this.#context.refused(error.problem);
		} finally {
			this.#show();
		}
	}

	#byId(streamId: string): OwnStream | undefined {
		return [...this.#streams.values()].find((stream) => stream.streamId === streamId);
	}

	#show(): void {
		this.#context.show([...this.#streams.values()].map(({ shown }) => shown));
	}
}
