import type { CaseDetail } from '@counter-hub/shared/cases/cases.ts';
import type { App } from '#platform/App.svelte.ts';
import { whenFull } from '#platform/format.ts';
import { stillLabel } from './stillLabel.ts';
import { stillsApi } from './stillsApi.ts';

/** `材料 2 · 11-20 09:42`, by the ids of the case's stills. */
export async function stillNames(app: App, { id }: CaseDetail): Promise<ReadonlyMap<string, string>> {
	const { state } = await stillsApi.list(app.api, id);
	return new Map(
		state.map((still) => [still.stillId, `${stillLabel(still)} · ${whenFull(still.takenAt, app.clock.now)}`]),
	);
}
