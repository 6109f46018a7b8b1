import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { serves } from '@counter-hub/shared/people/Actor.ts';
import type { Post } from '@counter-hub/shared/people/people.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import {
	QUALIFICATION_RULES,
	type QualificationRules,
	type QualificationRulesBody,
} from '@counter-hub/shared/qualifications/qualificationRules.ts';
import {
	qualificationKind,
	type QualificationKind,
} from '@counter-hub/shared/qualifications/qualifications.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { staffActor } from '../people/staffActor.ts';
import { timeline } from '../timeline/timeline.ts';
import type { Projection } from '../timeline/types.ts';

/** What cities ask for; a city that has decided nothing has no document. */
export const qualificationRulesProjection: Projection<QualificationRules> = {
	name: 'qualification_rules',
	subjectKind: 'city',
	by: 'subject',
	apply: (state, { type, data }) =>
		type === 'city.qualificationRules'
			? { required: data.required, version: (state ?? QUALIFICATION_RULES).version + 1 }
			: state,
};

export async function readQualificationRules(hub: HubContext, city: CityCode): Promise<QualificationRules> {
	return (await timeline(hub).state(qualificationRulesProjection, city)) ?? QUALIFICATION_RULES;
}

/** The kinds that are asked of a person: of clerks and approvers what their city asks for, of nobody else anything. */
export async function requiredOf(hub: HubContext, post: Post): Promise<readonly QualificationKind[]> {
	const [city] = post.cities;
	if (city === undefined || !serves(post)) return [];
	return (await readQualificationRules(hub, city)).required;
}

/**
 * An administrator of the city decides what it asks for; it stands on the city's timeline.
 * @throws AppError `notAllowed`, `staleVersion` where somebody else has decided meanwhile, `commandReused`
 */
export async function setQualificationRules(
	hub: HubContext,
	principal: Principal,
	city: CityCode,
	{ commandId, required: wanted, version }: QualificationRulesBody,
): Promise<QualificationRules> {
	assertMay(may.setQualificationRules(principal.actor, city));
	const required = qualificationKind.options.filter((kind) => wanted.includes(kind));
	await timeline(hub).append({
		subject: `city:${city}`,
		commandId,
		content: { qualificationRules: required, version, by: principal.actor.staffId },
		reads: [qualificationRulesProjection],
		decide: (view) => {
			const now = view.state(qualificationRulesProjection) ?? QUALIFICATION_RULES;
			if (now.version !== version) throw new AppError('staleVersion');
			return [{ type: 'city.qualificationRules', data: { required }, actor: staffActor(principal, [city]) }];
		},
	});
	return readQualificationRules(hub, city);
}
