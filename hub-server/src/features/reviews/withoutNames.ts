import { maskCitizenId } from '@counter-hub/shared/codes/masking.ts';
import type { HubContext } from '../../HubContext.ts';
import type { CaseFold } from '../cases/caseProjection.ts';
import { personStore } from '../persons/PersonStore.ts';

/** 18 places with a date of birth in them, whatever the check digit. */
const LIKE_A_CITIZEN_ID =
	/(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g;

/**
 * What a clerk has written of an application, as it may be read by whoever has the code: whose it is shows nowhere,
 * even where a reason says it. Numbers of persons never come that far (`freeText`); what looks like one, be it mistyped,
 * is masked.
 */
export async function withoutNames(
	hub: HubContext,
	{ enterpriseName, uscc, personId }: Pick<CaseFold, 'enterpriseName' | 'uscc' | 'personId'>,
): Promise<(text: string) => string> {
	const person = await personStore(hub).clear(personId);
	const hidden = [
		[enterpriseName, '该企业'],
		[uscc, '该代码'],
		[person?.name ?? '', '该申请人'],
	] as const;
	return (text) =>
		hidden
			.reduce((shown, [said, word]) => (said === '' ? shown : shown.replaceAll(said, word)), text)
			.replaceAll(LIKE_A_CITIZEN_ID, maskCitizenId);
}
