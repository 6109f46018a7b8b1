/** Personal numbers as people disguise them (F10); free text refuses each one. */
export const ODD_NUMBERS: readonly string[] = [
	'13800138000',
	'+8613800138000',
	'+86 138 0013 8000',
	'86-138-0013-8000',
	'１３８００１３８０００',
	'138\u200b0013\u200b8000',
	'138\u30000013\u30008000',
	'138.0013.8000',
	'一三八零零一三八零零零',
	'310117190001010012',
	'310117/19000101/008X',
	'31011719000101008Ｘ',
];

/** What looks like one and is none. */
export const HARMLESS_NUMBERS: readonly string[] = [
	'SJ-261123-0042',
	'91330100MA0000023P',
	'2026-11-23 09:42',
	'1,380,000.00 元',
	'EA473124829CN',
];
