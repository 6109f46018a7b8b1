import type { HubContext } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { timeline } from '../timeline/timeline.ts';
import type { TimelineEvent } from '../timeline/types.ts';
import { placeOfRota, readRota } from './rotaPlace.ts';

/** What any hub appended to a rota is told to this hub's pages, once lists show it: whoever is told reads them again. */
export function tellRotas(hub: HubContext): void {
	timeline(hub).live({ name: 'rotas', kind: 'rota', onEvents: (events) => tell(hub, events) });
}

async function tell(hub: HubContext, events: readonly TimelineEvent[]): Promise<void> {
	await timeline(hub).projected(events);
	for (const subject of new Set(events.map((event) => event.subject))) {
		const place = placeOfRota(subject);
		const rota = await readRota(hub, place);
		if (!rota) continue;
		const { version, published } = rota;
		hubSockets(hub).namespace.local.emit('rota:changed', {
			...place,
			version,
			published: published !== null,
		});
	}
}
