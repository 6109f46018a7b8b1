/** Text as a regular expression that matches just this text: what people type never becomes a pattern. */
export function escapeRegex(text: string): string {
	return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
