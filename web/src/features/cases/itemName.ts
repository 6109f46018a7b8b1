import { getLocale } from '#paraglide/runtime.js';

/** Name of an item in the language of the page. */
export const itemName = (item: { itemName: string; itemNameEn: string }): string =>
	getLocale() === 'en' ? item.itemNameEn : item.itemName;
