/** Text as a regular expression that matches just this text: what people type never becomes a pattern. */
export function escapeRegex(text: string): string {
	// MongoDB takes no NUL in a pattern.
	return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll('\0', '\\x00');
}
