import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Violations that keep people from using the page, as one line each. */
async function seriousViolations(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
		.analyze();
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Looks at the page in both themes. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
	for (const theme of ['light', 'dark'] as const) {
		// Without transitions, so that no colour is caught half-way.
		await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
		expect(await seriousViolations(page), `${name} (${theme})`).toEqual([]);
	}
	await page.emulateMedia({ colorScheme: 'light' });
}
