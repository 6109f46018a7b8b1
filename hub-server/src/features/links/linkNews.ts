import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { perHub } from '../../perHub.ts';

/** Whoever has the matrix open. */
export const LINKS_ROOM = 'links';
/** Changes within this time are told in one notice. */
const GATHER_MS = 300;
/** So long after the last change it is looked for the next one as often as then. */
const CALM_AFTER_MS = 15_000;

/** What happens between cities: tells the pages of this hub that watch the matrix. They read it anew, so a notice that is
 * lost costs a moment. */
class LinkNews {
	readonly #hub: HubContext;
	#timer: NodeJS.Timeout | undefined;
	#toldAt = -Infinity;

	constructor(hub: HubContext) {
		this.#hub = hub;
		hub.shutdown.add('intake', 'news of links', () => {
			clearTimeout(this.#timer);
		});
	}

	/** Nothing has happened for a while. */
	get isCalm(): boolean {
		return performance.now() - this.#toldAt > CALM_AFTER_MS;
	}

	tell(): void {
		this.#toldAt = performance.now();
		if (this.#timer || this.#hub.shutdown.isStopping) return;
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			const date = shanghaiDate(this.#hub.now());
			hubSockets(this.#hub).namespace.local.to(LINKS_ROOM).emit('links:changed', { date });
		}, GATHER_MS);
	}
}

export const linkNews = perHub((hub) => new LinkNews(hub));
