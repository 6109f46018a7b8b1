import type { GuideTexts } from './texts/GuideTexts.ts';
import { texts2026 } from './texts/texts2026.ts';

/** An edition of all guides: which texts hold from which day on. Earlier ones stay, since events name them. */
export interface Edition {
	readonly version: string;
	/** Day in Shanghai: `2026-01-01`. */
	readonly validFrom: string;
	readonly texts: GuideTexts;
}

/** In the order in which they came, or come, into force. */
export const EDITIONS: readonly Edition[] = [
	{ version: '2026.1', validFrom: '2026-01-01', texts: texts2026 },
];

/** The edition of that name, or without one the latest that is in force on a day. */
export const editionOf = (
	editions: readonly Edition[],
	today: string,
	version?: string,
): Edition | undefined =>
	editions.findLast((one) => (version === undefined ? one.validFrom <= today : one.version === version));
