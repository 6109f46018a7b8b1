/**
 * Text as a machine should compare it: compatibility forms made one (full-width letters, circled digits …), what is
 * not seen left out (zero-width blanks, joiners, marks of direction), and every script's decimal digits as 0–9.
 */
export function plainText(text: string): string {
	return text
		.normalize('NFKC')
		.replaceAll(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')
		.replaceAll(/(?![0-9])\p{Nd}/gu, asciiDigit);
}

/** Text as a search compares it: plain, capital or small alike, with one blank where there are several. */
export function searchForm(text: string): string {
	// Upper case first: `ß` and `SS`, final and other sigma become one.
	return plainText(text).toUpperCase().toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}

/** Decimal digits stand in blocks of ten that begin with zero, some of them next to each other. */
function asciiDigit(digit: string): string {
	const code = digit.codePointAt(0) ?? 0;
	let before = 0;
	while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
	return String(before % 10);
}
