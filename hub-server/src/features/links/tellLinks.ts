import type { HubContext } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { linkNews } from './linkNews.ts';

/** Whoever watches the matrix learns of what any hub put on record. */
export function tellLinks(hub: HubContext): void {
	timeline(hub).live({
		name: 'pages of links',
		kind: 'link',
		onEvents: async (events) => {
			// They read documents: what they are told of must be in them.
			await timeline(hub).projected(events);
			linkNews(hub).tell();
		},
	});
}
