/** What every bench shares: figures from samples, and one way to print them. */

export function quantile(samples: readonly number[], q: number): number {
	const sorted = samples.toSorted((a, b) => a - b);
	const place = (sorted.length - 1) * q;
	const [low, high] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
	return low + (high - low) * (place - Math.floor(place));
}

export const mean = (samples: readonly number[]): number =>
	samples.reduce((sum, one) => sum + one, 0) / samples.length;
export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** `median [lowest … highest]`, in the unit of the samples. */
export const spread = (samples: readonly number[], digits = 0): string =>
	`${median(samples).toFixed(digits)} [${Math.min(...samples).toFixed(digits)} … ${Math.max(...samples).toFixed(digits)}]`;

export interface Table {
	title: string;
	columns: readonly string[];
	rows: readonly (readonly (string | number)[])[];
}

export interface BenchReport {
	bench: string;
	/** Plain numbers by the names of the aims. */
	ratios: Record<string, number>;
	/** The raw figures. */
	samples: Record<string, unknown>;
	/** What people read; left out of the JSON. */
	tables: readonly Table[];
	/** The aims beside the ratios, for example `{ cpu: '≤ 1.05' }`. */
	aims: Record<string, string>;
}

/** One JSON object with `--json`, otherwise tables. */
export function print({ tables, ...report }: BenchReport, args: readonly string[] = process.argv): void {
	if (args.includes('--json')) {
		console.log(JSON.stringify(report));
		return;
	}
	for (const table of tables) console.log(format(table));
	const rows = Object.entries(report.ratios).map(([name, value]) => [name, value, report.aims[name] ?? '']);
	console.log(format({ title: `${report.bench}: ratios`, columns: ['name', 'measured', 'aim'], rows }));
}

/** Says on stderr what runs now, so that stdout keeps the report alone. */
export const progress = (line: string): void => void process.stderr.write(`${line}\n`);

/** Figures to three significant digits. */
export const rounded = (value: number): number => Number(value.toPrecision(3));

function format({ title, columns, rows }: Table): string {
	const lines = [columns, ...rows].map((row) => row.map(String));
	const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
	const text = lines.map((line) =>
		line
			.map((cell, i) => cell.padEnd(widths[i] ?? 0))
			.join('  ')
			.trimEnd(),
	);
	text.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
	return `\n${title}\n${text.join('\n')}`;
}
