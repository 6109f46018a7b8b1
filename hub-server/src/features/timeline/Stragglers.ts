import { PROJECTION_PATIENCE } from '../../limits.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import type { LiveFeed } from '../../platform/stream/LiveFeed.ts';
import type { ProjectionStore } from './ProjectionStore.ts';
import type { Projector } from './Projector.ts';
import { kindOf, type TimelineEvent } from './types.ts';

/**
 * Projections that are due a while after their event, because the hub that appended it died in between: whichever hub
 * lives writes them, so that deadlines and lists do not wait for a restart.
 */
export class Stragglers {
	readonly #projector: Projector;
	readonly #store: ProjectionStore;
	readonly #logger: Logger;
	#seen = new Map<string, number>();
	#timer: NodeJS.Timeout | undefined;
	#isClosed = false;

	constructor(projector: Projector, store: ProjectionStore, logger: Logger) {
		this.#projector = projector;
		this.#store = store;
		this.#logger = logger;
	}

	watch(feed: LiveFeed<TimelineEvent>): void {
		feed.listen({
			name: 'projections left behind',
			accepts: ({ subject }) => this.#store.ofKind(kindOf(subject)).length > 0,
			hear: (events) => {
				for (const { subject, seq } of events) this.#seen.set(subject, seq);
				this.#schedule();
			},
		});
	}

	close(): void {
		this.#isClosed = true;
		clearTimeout(this.#timer);
	}

	#schedule(): void {
		if (this.#isClosed) return;
		this.#timer ??= setTimeout(() => void this.#look(), PROJECTION_PATIENCE);
	}

	/** A document that is only late is written twice, by the same events: that harms nothing. */
	async #look(): Promise<void> {
		const seen = this.#seen;
		this.#seen = new Map();
		try {
			const behind = await this.#projector.complete(seen);
			if (behind > 0) this.#logger.info({ timelines: behind }, 'projections of another hub caught up');
		} catch (error) {
			for (const [subject, seq] of seen) this.#seen.set(subject, Math.max(seq, this.#seen.get(subject) ?? 0));
			this.#logger.warn({ err: error }, 'projections of other hubs could not be compared; it is tried again');
		} finally {
			this.#timer = undefined;
			if (this.#seen.size > 0) this.#schedule();
		}
	}
}
