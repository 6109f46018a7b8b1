import { serves } from '@counter-hub/shared/people/Actor.ts';
import type { Post } from '@counter-hub/shared/people/people.ts';
import type { QualificationKind } from '@counter-hub/shared/qualifications/qualifications.ts';
import type { HubContext } from '../../HubContext.ts';
import { requiredOf } from '../qualifications/qualificationRules.ts';
import { currentUndertaking } from '../undertakings/undertakingVersions.ts';

/** What is asked of a person before a shift. */
export interface Asked {
	readonly required: readonly QualificationKind[];
	/** Of the undertaking, to be signed; null where none is. */
	readonly version: number | null;
}

/** Of whoever serves at no counter nothing is asked. */
export async function askedOf(hub: HubContext, post: Post): Promise<Asked> {
	const [required, version] = await Promise.all([requiredOf(hub, post), currentUndertaking(hub)]);
	return { required, version: serves(post) ? version : null };
}
