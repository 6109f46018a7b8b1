const BROWSERS = [
	[/Edg\/(\d+)/, 'Edge'],
	[/(?:HeadlessChrome|Chrome)\/(\d+)/, 'Chrome'],
	[/Firefox\/(\d+)/, 'Firefox'],
	[/Version\/(\d+).*Safari/, 'Safari'],
] as const;
const SYSTEMS = [
	[/Windows/, 'Windows'],
	[/Android/, 'Android'],
	[/iPhone|iPad/, 'iOS'],
	[/Mac OS X/, 'macOS'],
	[/Linux/, 'Linux'],
] as const;

/** `Chrome 156, Windows` out of a user agent; the text as it is (cut) when it is not a known browser. */
export function browserName(userAgent: string): string {
	const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1];
	for (const [pattern, name] of BROWSERS) {
		const version = pattern.exec(userAgent)?.[1];
		if (version !== undefined)
			return system === undefined ? `${name} ${version}` : `${name} ${version}, ${system}`;
	}
	return userAgent.slice(0, 40) || '—';
}
