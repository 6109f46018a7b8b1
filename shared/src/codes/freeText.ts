import { characters } from './characters.ts';
import { holdsPersonalNumber } from './personalNumbers.ts';

/**
 * Text that somebody writes for the timeline. What stands there can never be taken out again, so it may not hold the
 * numbers that the protected store keeps.
 */
export const freeText = (least: number, most: number) =>
	characters(least, most).refine((text) => !holdsPersonalNumber(text), {
		error: 'holds an ID number or a mobile number',
		params: { error: 'personalNumber' },
	});
