import type { Role } from '@counter-hub/shared/people/people.ts';
import type { Feature, Page } from '#Feature.ts';

/** The pages of a role; the first is where it starts. */
export const pagesOf = (features: readonly Feature[], role: Role): readonly Page[] =>
	features.flatMap(({ pages = [] }) => pages.filter(({ roles }) => roles.includes(role)));

/** Which of a role's pages an address belongs to. A supervisor reads single cases from the page of supervision. */
export function currentPage(pages: readonly Page[], path: string): Page | undefined {
	const own = pages.find(({ href }) => (href === '/' ? path === '/' : path.startsWith(href)));
	return own ?? pages.find(({ covers }) => covers !== undefined && path.startsWith(covers));
}
