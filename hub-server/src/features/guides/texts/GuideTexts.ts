import type { Item } from '@counter-hub/shared/catalogue/catalogue.ts';

/** The texts of one edition of the guides; an edition may take parts of the one before. All in Chinese. */
export interface GuideTexts {
	/** By the name of a material in Annex A. */
	readonly materialHints: Readonly<Record<string, string>>;
	/** When a conditional material is asked for, by its name. */
	readonly conditions: Readonly<Record<string, string>>;
	readonly natureOf: (item: Item) => string;
	readonly stepsOf: (item: Item) => readonly string[];
	readonly limitsOf: (item: Item) => readonly string[];
	readonly mistakesOf: (itemNo: number) => readonly string[];
	readonly lawsOf: (itemNo: number) => readonly string[];
	readonly afterwards: readonly string[];
}
