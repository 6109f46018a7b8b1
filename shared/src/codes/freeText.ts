import { z } from 'zod';
import { checkCitizenId } from './citizenId.ts';

const CITIZEN_ID = /(?<!\d)\d{17}[\dX](?!\d)/gi;
const MOBILE = /(?<!\d)1[3-9]\d{9}(?!\d)/;
/** A check digit tells an ID number from another number of 18 digits; its date may be any. */
const ANY_DATE = '9999-12-31';

/** Whether a text holds a citizen ID number or a mobile number, written in one piece or in groups. */
function holdsPersonalNumber(text: string): boolean {
	const joined = text.replaceAll(/(?<=\d)[ \u00a0–-](?=[\dX])/gi, '');
	return [text, joined].some(
		(one) =>
			MOBILE.test(one) ||
			(one.match(CITIZEN_ID) ?? []).some((number) => checkCitizenId(number, ANY_DATE).valid),
	);
}

/**
 * Text that somebody writes for the timeline. What stands there can never be taken out again, so it may not hold the
 * numbers that the protected store keeps.
 */
export const freeText = (least: number, most: number) =>
	z
		.string()
		.trim()
		.min(least)
		.max(most)
		.refine((text) => !holdsPersonalNumber(text), {
			error: 'holds an ID number or a mobile number',
			params: { error: 'personalNumber' },
		});
