/** The calendar date in Asia/Shanghai (`2026-11-23`) of an instant in milliseconds; China has had no summer time since 1991. */
export function shanghaiDate(epochMs: number): string {
	return new Date(epochMs + 8 * 3_600_000).toISOString().slice(0, 10);
}
