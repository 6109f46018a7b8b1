/** A text in parts, those apart that the other text does not have in the same order. */
export function markDifferences(text: string, other: string): { text: string; differs: boolean }[] {
	const [own, others] = [Array.from(text), Array.from(other)];
	const kept = common(own, others);
	const parts: { text: string; differs: boolean }[] = [];
	own.forEach((sign, i) => {
		const differs = !kept.has(i);
		const last = parts.at(-1);
		if (last?.differs === differs) last.text += sign;
		else parts.push({ text: sign, differs });
	});
	return parts;
}

/** Indexes of `own` in the longest sequence that both have. */
function common(own: readonly string[], others: readonly string[]): Set<number> {
	const length = own.map(() => others.map(() => 0));
	const at = (i: number, j: number) => length[i]?.[j] ?? 0;
	for (let i = own.length - 1; i >= 0; i--) {
		for (let j = others.length - 1; j >= 0; j--) {
			const row = length[i];
			if (row) row[j] = own[i] === others[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
		}
	}
	const kept = new Set<number>();
	for (let i = 0, j = 0; i < own.length && j < others.length;) {
		if (own[i] === others[j]) {
			kept.add(i);
			i += 1;
			j += 1;
		} else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
		else j += 1;
	}
	return kept;
}
