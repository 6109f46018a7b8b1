import type { App } from '#platform/App.svelte.ts';

const watchers = new WeakMap<App, Map<string, number>>();

/** Counts who follows a case in this page: the hub sends its events once, and until the last one has left. */
export function watchCase(app: App, caseId: string): () => void {
	const counts = watchers.get(app) ?? new Map<string, number>();
	watchers.set(app, counts);
	counts.set(caseId, (counts.get(caseId) ?? 0) + 1);
	return () => {
		const left = (counts.get(caseId) ?? 1) - 1;
		if (left > 0) {
			counts.set(caseId, left);
			return;
		}
		counts.delete(caseId);
		// Also where the answer to `case:watch` is still on its way: the hub goes by the order of what it is asked.
		if (app.hub.state === 'connected') app.hub.request('case:unwatch', { caseId }).catch(() => undefined);
	};
}
