import { CONDITIONS } from './conditions.ts';
import type { GuideTexts } from './GuideTexts.ts';
import { lawsOf } from './laws.ts';
import { MATERIAL_HINTS } from './materialHints.ts';
import { mistakesOf } from './mistakes.ts';
import { AFTERWARDS, limitsOf, natureOf, stepsOf } from './procedure.ts';

/** What was made of Annex A and today's law for 2026. */
export const texts2026: GuideTexts = {
	materialHints: MATERIAL_HINTS,
	conditions: CONDITIONS,
	natureOf,
	stepsOf,
	limitsOf,
	mistakesOf,
	lawsOf,
	afterwards: AFTERWARDS,
};
