const KEY = 'counter-hub.windows';

/** Which window 窗口 this PC stands at, per counter; chosen once and remembered. */
export class WindowChoice {
	of(counterId: string | null): string | null {
		return counterId === null ? null : (this.#read()[counterId] ?? null);
	}

	keep(counterId: string, windowId: string | null): void {
		const { [counterId]: _old, ...others } = this.#read();
		localStorage.setItem(
			KEY,
			JSON.stringify(windowId === null ? others : { ...others, [counterId]: windowId }),
		);
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
