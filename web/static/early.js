// Runs before the page is drawn, so that neither a white flash nor a wrong language is seen. Keep in step with Preferences.svelte.ts.
try {
	const theme = localStorage.getItem('counter-hub.theme');
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
	if (localStorage.getItem('PARAGLIDE_LOCALE') === 'en') document.documentElement.lang = 'en';
} catch {
	// Storage is forbidden: the system's theme and Chinese are used.
}
