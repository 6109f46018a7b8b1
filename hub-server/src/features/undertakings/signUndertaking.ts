import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { isOwnName } from '@counter-hub/shared/undertakings/isOwnName.ts';
import type { SignUndertakingBody } from '@counter-hub/shared/undertakings/undertakings.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { staffActor } from '../people/staffActor.ts';
import { timeline } from '../timeline/timeline.ts';
import { signaturesProjection } from './signatures.ts';
import { currentUndertaking } from './undertakingVersions.ts';

/**
 * A clerk or approver confirms the version in force with his own name (S4.3). Signing what is signed already changes
 * nothing.
 * @throws AppError `notAllowed`, `notOwnName`, `unknownUndertaking`, `undertakingReplaced`, `commandReused`
 */
export async function signUndertaking(
	hub: HubContext,
	principal: Principal,
	version: number,
	{ commandId, name }: SignUndertakingBody,
): Promise<void> {
	const { actor, displayName } = principal;
	assertMay(may.signUndertaking(actor));
	const current = await currentUndertaking(hub);
	if (current === null || version > current) throw new AppError('unknownUndertaking');
	if (version < current) throw new AppError('undertakingReplaced', { params: { version: current } });
	if (!isOwnName(name, displayName)) throw new AppError('notOwnName');
	const by = staffActor(principal, actor.cities);
	await timeline(hub).append({
		subject: `staff:${actor.staffId}`,
		commandId,
		content: { sign: version, by: actor.staffId },
		reads: [signaturesProjection],
		decide: (view) => {
			const { signed = [] } = view.state(signaturesProjection) ?? {};
			if (signed.some((one) => one.version === version)) return [];
			return [{ type: 'undertaking.signed', data: { version }, actor: by }];
		},
	});
}
