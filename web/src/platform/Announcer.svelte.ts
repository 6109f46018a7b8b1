export interface Toast {
	id: number;
	text: string;
	tone: 'ok' | 'plain' | 'bad';
}

const TOAST_MS = 6_000;

/** Short messages at the lower edge, read out too. What needs an answer belongs in a dialog or banner instead. */
export class Announcer {
	toasts = $state.raw<readonly Toast[]>([]);
	/** Read out by screen readers and not shown. */
	spoken = $state('');
	#next = 1;

	say(text: string, tone: Toast['tone'] = 'plain'): void {
		const id = this.#next++;
		this.toasts = [...this.toasts.slice(-2), { id, text, tone }];
		setTimeout(() => this.dismiss(id), TOAST_MS);
	}

	speak(text: string): void {
		this.spoken = text;
	}

	dismiss(id: number): void {
		this.toasts = this.toasts.filter((toast) => toast.id !== id);
	}
}
