/** Notifications of the desktop for a tab that is hidden. Permission is asked on a click only. */
export class DesktopNotice {
	permission = $state<NotificationPermission | 'unsupported'>(
		typeof Notification === 'undefined' ? 'unsupported' : Notification.permission,
	);
	#shown: Notification | null = null;

	/** Call on a click. */
	async ask(): Promise<void> {
		if (this.permission === 'default') this.permission = await Notification.requestPermission();
	}

	/** Shows one notification, in the place of an earlier one, when the page cannot be seen. */
	show(title: string, body: string): void {
		if (this.permission !== 'granted' || document.visibilityState === 'visible') return;
		this.close();
		const shown = new Notification(title, { body, tag: 'counter-hub-call', requireInteraction: true });
		shown.onclick = () => {
			window.focus();
			shown.close();
		};
		this.#shown = shown;
	}

	close(): void {
		this.#shown?.close();
		this.#shown = null;
	}
}
