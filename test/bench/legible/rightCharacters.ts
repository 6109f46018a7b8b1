/** What counts: characters, digits and letters of either width; how blanks and points were read does not. */
const counted = (text: string): string[] => Array.from(text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, ''));

/** How many characters of the printed text were read right: all but its distance (Levenshtein) from what was read. */
export function rightCharacters(printed: string, read: string): { right: number; all: number } {
	const [wanted, found] = [counted(printed), counted(read)];
	let above = Array.from({ length: found.length + 1 }, (_, i) => i);
	wanted.forEach((letter, i) => {
		const line = [i + 1];
		found.forEach((other, j) => {
			line.push(
				Math.min((above[j] ?? 0) + (letter === other ? 0 : 1), (above[j + 1] ?? 0) + 1, (line[j] ?? 0) + 1),
			);
		});
		above = line;
	});
	return { right: Math.max(0, wanted.length - (above[found.length] ?? 0)), all: wanted.length };
}
