import type { FormWords } from '@counter-hub/shared/forms/formDefinition.ts';

/** What a form says: Chinese first. */
export const w = (zh: string, en: string): FormWords => ({ zh, en });

/** Options of a choice: `{ ELECTED: ['选举', 'Elected'] }`. */
export const options = (of: Record<string, readonly [zh: string, en: string]>) =>
	Object.entries(of).map(([value, [zh, en]]) => ({ value, label: w(zh, en) }));
