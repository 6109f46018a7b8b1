const KEY = 'counter-hub.windows';

/** Which window 窗口 this PC stands at, per counter; chosen once and remembered. */
export class WindowChoice {
	of(counterId: string | null): string | null {
		return (counterId !== null && this.#read()[counterId]) || null;
	}

	/** Whether this PC was told once, if only that it stands at no window. */
	isMade(counterId: string): boolean {
		return counterId in this.#read();
	}

	/** Null: at no window. */
	keep(counterId: string, windowId: string | null): void {
		localStorage.setItem(KEY, JSON.stringify({ ...this.#read(), [counterId]: windowId ?? '' }));
	}

	forget(counterId: string): void {
		const { [counterId]: _old, ...others } = this.#read();
		localStorage.setItem(KEY, JSON.stringify(others));
	}

	#read(): Record<string, string> {
		try {
			const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
			if (typeof stored !== 'object' || stored === null) return {};
			return Object.fromEntries(
				Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
			);
		} catch {
			return {};
		}
	}
}
