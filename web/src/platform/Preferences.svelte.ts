import { getLocale, isLocale, overwriteGetLocale, setLocale } from '#paraglide/runtime.js';

export type Locale = 'zh-CN' | 'en';
export type Theme = 'system' | 'light' | 'dark';

const THEME_KEY = 'counter-hub.theme';
const SINGLE_KEYS_KEY = 'counter-hub.singleKeys';

/** What a PC remembers: language, theme, whether single-letter keys act. `static/early.js` reads the first two early. */
export class Preferences {
	#locale = $state<Locale>('zh-CN');
	#theme = $state<Theme>('system');
	#singleKeys = $state(true);

	constructor() {
		this.#locale = getLocale();
		// From here on every message that a template shows depends on `#locale`: a change redraws without a reload.
		overwriteGetLocale(() => this.#locale);
		const theme = localStorage.getItem(THEME_KEY);
		if (theme === 'light' || theme === 'dark') this.#theme = theme;
		this.#singleKeys = localStorage.getItem(SINGLE_KEYS_KEY) !== 'off';
		this.#show();
	}

	get locale(): Locale {
		return this.#locale;
	}
	set locale(locale: Locale) {
		if (!isLocale(locale)) return;
		void setLocale(locale, { reload: false });
		this.#locale = locale;
		this.#show();
	}

	get theme(): Theme {
		return this.#theme;
	}
	set theme(theme: Theme) {
		this.#theme = theme;
		localStorage.setItem(THEME_KEY, theme);
		this.#show();
	}

	/** Single-letter keys can be switched off (WCAG 2.1.4). */
	get singleKeys(): boolean {
		return this.#singleKeys;
	}
	set singleKeys(on: boolean) {
		this.#singleKeys = on;
		localStorage.setItem(SINGLE_KEYS_KEY, on ? 'on' : 'off');
	}

	#show(): void {
		const root = document.documentElement;
		root.lang = this.#locale;
		if (this.#theme === 'system') delete root.dataset['theme'];
		else root.dataset['theme'] = this.#theme;
	}
}
