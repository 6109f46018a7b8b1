import { fileEvents } from '@counter-hub/shared/files/events.ts';
import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { PanelNews } from '#features/sessions/PanelNews.svelte.ts';
import { m } from '#paraglide/messages.js';

const known = new WeakMap<CallScene, PanelNews>();

function words({ type, data, actorName }: EventView): string | null {
	if (type !== 'file.shared') return null;
	const file = fileEvents[type].safeParse(data).data?.name ?? '';
	return m.files_heard({ name: actorName ?? '', file });
}

/** What the other side has sent while nobody looked at the files of a call. */
export function fileNewsOf(scene: CallScene): PanelNews {
	const news = known.get(scene) ?? new PanelNews(scene, { panel: 'files', words });
	known.set(scene, news);
	return news;
}

export function setUpFiles(scene: CallScene): void {
	const news = fileNewsOf(scene);
	$effect(() => news.follow());
	$effect(() => () => news.close());
	$effect(() =>
		scene.app.keys.bind([{ keys: 'U', label: () => m.files_openPanel(), run: () => scene.open('files') }]),
	);
}
