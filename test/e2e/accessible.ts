import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Violations that keep people from using the page, as one line each. */
async function seriousViolations(axe: AxeBuilder): Promise<string[]> {
	const { violations } = await axe.analyze();
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Looks at the page in both themes. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
	for (const theme of ['light', 'dark'] as const) {
		// Without transitions, so that no colour is caught half-way.
		await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
		const axe = new AxeBuilder({ page });
		// Themes differ in nothing but colours.
		if (theme === 'light') axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
		else axe.withRules('color-contrast');
		expect(await seriousViolations(axe), `${name} (${theme})`).toEqual([]);
	}
	await page.emulateMedia({ colorScheme: 'light' });
}
