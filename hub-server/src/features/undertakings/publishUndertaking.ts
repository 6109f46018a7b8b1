import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import {
	UNDERTAKING_LIMITS,
	type PublishUndertakingBody,
} from '@counter-hub/shared/undertakings/undertakings.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { staffActor } from '../people/staffActor.ts';
import { timeline } from '../timeline/timeline.ts';
import { UNDERTAKING_SUBJECT, undertakingVersions } from './undertakingVersions.ts';

/**
 * Publishes the next version for all cities; from then on everybody must sign anew.
 * @throws AppError `notAllowed`, `staleVersion` where somebody else has published meanwhile, `tooManyUndertakings`,
 * `commandReused`
 */
export async function publishUndertaking(
	hub: HubContext,
	principal: Principal,
	{ commandId, ...text }: PublishUndertakingBody,
): Promise<void> {
	const { actor } = principal;
	assertMay(may.publishUndertaking(actor));
	const by = staffActor(principal, actor.cities);
	await timeline(hub).append({
		subject: UNDERTAKING_SUBJECT,
		commandId,
		content: { ...text, by: actor.staffId },
		reads: [undertakingVersions],
		decide: (view) => {
			const { versions = [] } = view.state(undertakingVersions) ?? {};
			if (versions.length >= UNDERTAKING_LIMITS.versions)
				throw new AppError('tooManyUndertakings', { params: { most: UNDERTAKING_LIMITS.versions } });
			if (text.version !== versions.length + 1) throw new AppError('staleVersion');
			return [{ type: 'undertaking.published', data: text, actor: by }];
		},
	});
}
