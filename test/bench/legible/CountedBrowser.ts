import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { childrenOf, cpuSeconds, processTree } from '../support/processes.ts';

/** A Chromium of its own, of which one can ask what CPU it has used. */
export class CountedBrowser {
	readonly browser: Browser;
	readonly #root: number;
	/** Of processes that have ended since, as far as they were seen. */
	readonly #used = new Map<number, number>();

	static async launch(flags: readonly string[] = []): Promise<CountedBrowser> {
		const before = new Set(childrenOf(process.pid).map(({ pid }) => pid));
		const browser = await launchBrowser(undefined, flags);
		const root = childrenOf(process.pid).find(({ pid }) => !before.has(pid));
		if (!root) throw new Error('the browser has no process');
		return new CountedBrowser(browser, root.pid);
	}

	private constructor(browser: Browser, root: number) {
		this.browser = browser;
		this.#root = root;
	}

	/** CPU seconds of the browser and all processes below it until now. */
	cpu(): number {
		for (const pid of processTree(this.#root)) {
			try {
				this.#used.set(pid, cpuSeconds([pid]));
			} catch {
				// It ended meanwhile.
			}
		}
		return [...this.#used.values()].reduce((sum, one) => sum + one, 0);
	}
}
