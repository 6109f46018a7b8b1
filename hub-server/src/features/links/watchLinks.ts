import type { HubContext } from '../../HubContext.ts';
import { beginExchanges } from './beginExchanges.ts';
import { nodesOfCities, seeCityNodes } from './cityNodes.ts';
import { linkNews } from './linkNews.ts';
import { LOOK_MS } from './linkTimes.ts';
import { noteCutOff } from './noteCutOff.ts';
import { readyEnds } from './readyEnds.ts';
import { settleDue } from './settleExchange.ts';

/** How often it is looked where nothing happens: an idle hub asks next to nothing. */
const CALM_LOOK_MS = 5_000;
/** A node must be missing for so long before its city counts as cut off: a restart takes less. */
const CUT_OFF_MS = 5_000;

/**
 * Nobody clicks and nobody waits (L3): what can be measured is begun as soon as both ends are there, and settled when
 * both have told, or at its time. Every hub looks; what two of them would begin or settle, the database lets happen once.
 */
export function watchLinks(hub: HubContext): void {
	let lookedAt = -Infinity;
	hub.sweeper.every(LOOK_MS, 'links between cities', async () => {
		const from = performance.now();
		if (linkNews(hub).isCalm && from - lookedAt < CALM_LOOK_MS) return;
		lookedAt = from;
		await settleDue(hub);
		const ends = await readyEnds(hub);
		if (ends.length === 0) return;
		await seeCityNodes(hub);
		const nodes = await nodesOfCities(hub);
		const away = [...nodes].filter(
			([, { awaySince }]) => awaySince !== null && hub.now() - awaySince >= CUT_OFF_MS,
		);
		const cutOff = new Map(away);
		if (cutOff.size > 0) await noteCutOff(hub, ends, cutOff);
		await beginExchanges(hub, ends, new Set(cutOff.keys()));
	});
}
