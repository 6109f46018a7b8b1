import { searchForm } from '../codes/plainText.ts';

/** Whether what was typed is the person's name, whatever the widths of its letters and the blanks in it. */
export const isOwnName = (typed: string, displayName: string): boolean =>
	searchForm(typed) === searchForm(displayName);
