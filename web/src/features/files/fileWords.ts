/** `0 B`, `840 KB`, `1.2 MB`; the thin space of units. */
export function sizeWord(bytes: number): string {
	if (bytes < 1024) return `${bytes}\u2009B`;
	const kilo = bytes / 1024;
	if (kilo < 1000) return `${Math.round(kilo)}\u2009KB`;
	return `${(kilo / 1024).toFixed(1)}\u2009MB`;
}

/** `PDF`, `PNG`; a kind without a name of its own is shown as it is. */
export const kindWord = (kind: string): string => kind.replace(/^(application|image)\//, '').toUpperCase();
