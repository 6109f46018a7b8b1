import { UNDERTAKING_SUBJECT, undertakingVersions } from '../features/undertakings/undertakingVersions.ts';
import { timeline } from '../features/timeline/timeline.ts';
import type { HubContext } from '../HubContext.ts';
import { stableId } from './stableId.ts';
import { UNDERTAKING_BODY, UNDERTAKING_TITLE } from './undertakingText.ts';

/** The undertaking's first version, where there is none yet. */
export async function plantUndertaking(hub: HubContext): Promise<void> {
	await timeline(hub).append({
		subject: UNDERTAKING_SUBJECT,
		commandId: stableId('undertaking/1'),
		reads: [undertakingVersions],
		decide: (view) => {
			if (view.state(undertakingVersions)) return [];
			return [
				{
					type: 'undertaking.published',
					data: { version: 1, title: UNDERTAKING_TITLE, body: UNDERTAKING_BODY },
					actor: { kind: 'system', by: 'hub' },
				},
			];
		},
	});
}
