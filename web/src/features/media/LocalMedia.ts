import type { Problem } from '@counter-hub/shared/errors/problem.ts';
import type { MediaSource } from '@counter-hub/shared/media/grant.ts';
import type { MediaRights, Welcome } from '@counter-hub/shared/media/mediaProtocol.ts';
import { applySending, newLocal, shown, type Local } from './LocalStreams.ts';
import type { MediaSocket } from './MediaSocket.ts';
import { MediaError, type LocalStream } from './mediaTypes.ts';
import type { RoomLink } from './RoomLink.ts';

interface LocalMediaContext {
	readonly link: () => RoomLink | null;
	readonly socket: () => MediaSocket | null;
	readonly rights: () => MediaRights | null;
	readonly show: (local: readonly LocalStream[]) => void;
	readonly refused: (problem: Problem) => void;
}

/** What this page wants to publish, brought to the node as soon as rights and connection allow, again and again. */
export class LocalMedia {
	readonly #context: LocalMediaContext;
	readonly #streams = new Map<MediaSource, Local>();

	constructor(context: LocalMediaContext) {
		this.#context = context;
	}

	async publish(source: MediaSource, track: MediaStreamTrack, muted: boolean): Promise<void> {
		if (this.#streams.has(source)) {
			await this.replaceTrack(source, track);
			await this.setMuted(source, muted);
			return;
		}
		const local = newLocal(source, track, muted);
		this.#streams.set(source, local);
		await applySending(local);
		this.#show();
		await this.#publishOne(local);
	}

	async replaceTrack(source: MediaSource, track: MediaStreamTrack | null): Promise<void> {
		const local = this.#streams.get(source);
		if (!local) return;
		local.track = track;
		if (local.producer) await local.producer.replaceTrack({ track });
		else await this.#publishOne(local);
		await applySending(local);
		this.#show();
	}

	async setMuted(source: MediaSource, muted: boolean): Promise<void> {
		const local = this.#streams.get(source);
		if (!local || local.muted === muted) return;
		local.muted = muted;
		await applySending(local);
		this.#show();
		if (local.acknowledged) await this.#tellMuted(local);
	}

	/** The camera gives no new pictures, or does again: the viewers are told. */
	async setStalled(source: MediaSource, stalled: boolean): Promise<void> {
		const local = this.#streams.get(source);
		if (!local || local.stalled === stalled) return;
		local.stalled = stalled;
		if (local.acknowledged) await this.#tellStalled(local);
	}

	async unpublish(source: MediaSource): Promise<void> {
		const local = this.#streams.get(source);
		if (!local) return;
		this.#streams.delete(source);
		const there = local.acknowledged;
		this.#context.link()?.unpublish(local);
		this.#show();
		if (there) await this.#ask('stream:close', local);
	}

	async setWanted(streamId: string, wanted: number): Promise<void> {
		const local = this.#byId(streamId);
		if (!local) return;
		local.wanted = wanted;
		await applySending(local);
		this.#show();
	}

	/** The node closed it, because the rights no longer allow it. */
	closed(streamId: string): void {
		const local = this.#byId(streamId);
		if (local) this.#context.link()?.unpublish(local);
		this.#show();
	}

	/** After a resumed socket: what the node lists is what it has. */
	reconcile(held: Welcome['streams']): void {
		const wanted = new Map(held.map((stream) => [stream.streamId, stream.wanted]));
		for (const local of this.#streams.values()) {
			const known = wanted.get(local.streamId);
			local.acknowledged = known !== undefined;
			local.wanted = known ?? local.wanted;
			void applySending(local);
			// What was said of it while the socket was away.
			if (!local.acknowledged) continue;
			void this.#tellMuted(local);
			void this.#tellStalled(local);
		}
	}

	/** The link is gone: everything is published anew over the next one. */
	forgetLink(): void {
		for (const local of this.#streams.values()) {
			const nothing = { producer: null, rtpParameters: null, acknowledged: false };
			// A change that was under way on a closed connection may never come to an end.
			Object.assign(local, { ...nothing, busy: false, applying: false });
		}
		this.#show();
	}

	async publishAll(): Promise<void> {
		await Promise.all([...this.#streams.values()].map((local) => this.#publishOne(local)));
	}

	async #publishOne(local: Local): Promise<void> {
		const rights = this.#context.rights();
		const link = this.#context.link();
		if (!link || rights?.stage !== 'member' || local.acknowledged || local.busy || !local.track) return;
		if (!rights.publish.some(({ source }) => source === local.source)) return;
		local.busy = true;
		const { muted } = local;
		try {
			await (local.producer ? link.announce(local) : link.publish(local));
			await this.#catchUp(local, link, muted);
		} catch (error) {
			// A link or socket that went away meanwhile brings its own next attempt.
			const there = this.#context.link() === link;
			if (there && error instanceof MediaError && error.code !== 'SYS-9003')
				this.#context.refused(error.problem);
		} finally {
			if (this.#context.link() === link) local.busy = false;
			this.#show();
		}
	}

	/** Track or mute may have changed, or the stream been given up, while the node was being asked. */
	async #catchUp(local: Local, link: RoomLink, mutedThen: boolean): Promise<void> {
		if (this.#streams.get(local.source) !== local) {
			link.unpublish(local);
			await this.#ask('stream:close', local);
			return;
		}
		if (local.producer && local.producer.track !== local.track) {
			await local.producer.replaceTrack({ track: local.track });
		}
		if (local.muted !== mutedThen) await this.#tellMuted(local);
		if (local.stalled) await this.#tellStalled(local);
		await applySending(local);
	}

	async #tellMuted(local: Local): Promise<void> {
		await this.#ask(local.muted ? 'stream:pause' : 'stream:resume', local);
	}

	async #tellStalled({ streamId, stalled }: Local): Promise<void> {
		await this.#context
			.socket()
			?.request('stream:stalled', { streamId, stalled })
			.catch(() => undefined);
	}

	/** What is lost here with the socket is repaired by the next welcome. */
	async #ask(event: 'stream:pause' | 'stream:resume' | 'stream:close', { streamId }: Local): Promise<void> {
		await this.#context
			.socket()
			?.request(event, { streamId })
			.catch(() => undefined);
	}

	#byId(streamId: string): Local | undefined {
		return [...this.#streams.values()].find((local) => local.streamId === streamId);
	}

	#show(): void {
		this.#context.show([...this.#streams.values()].map(shown));
	}
}
