import type { MarkColours } from './marksSvg.ts';

/** The tokens' colours, for pictures that know no style sheet. */
export function markColours(): MarkColours {
	const style = getComputedStyle(document.documentElement);
	const token = (name: string) => style.getPropertyValue(name).trim();
	return {
		permit: token('--c-mark-approver'),
		receiving: token('--c-mark-clerk'),
		casing: token('--c-mark-casing'),
	};
}
