import { z } from 'zod';
import { undertakingText, undertakingVersion } from './undertakings.ts';

export const undertakingEvents = {
	/** On `undertaking:cn`: from now on this version is the one to be signed. */
	'undertaking.published': undertakingText,
	/**
	 * On `staff:<id>`: the person has confirmed this version in the page (S4.3). A confirmation in the system, no reliable
	 * electronic signature 可靠电子签名 (电子签名法 13).
	 */
	'undertaking.signed': z.object({ version: undertakingVersion }),
} as const;
