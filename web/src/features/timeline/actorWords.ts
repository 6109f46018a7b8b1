import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import { dutyName } from '#features/cases/dutyName.ts';
import { cityName } from '#platform/format.ts';
import { m } from '#paraglide/messages.js';
import { getLocale } from '#paraglide/runtime.js';

const SYSTEM = {
	deadline: m.timeline_system_deadline,
	mediaNode: m.timeline_system_mediaNode,
	hub: m.timeline_system_hub,
};

/** From where and in which duty somebody acted: `松江专窗 · 2号窗口 · 收件地`; or which part of the system did. */
export function actorWords({ actor, actorPlace }: EventView): string {
	if (actor.kind === 'system') return SYSTEM[actor.by]();
	const place = getLocale() === 'en' ? cityName(actor.cityCode) : (actorPlace ?? cityName(actor.cityCode));
	return [place, actor.duty && dutyName(actor.duty)].filter(Boolean).join(' · ');
}
