import type { Role } from '@counter-hub/shared/people/people.ts';
import { m } from '#paraglide/messages.js';

/** A page of the main navigation. */
export interface Page {
	href: string;
	label: () => string;
}

const cases: Page = { href: '/cases', label: m.shell_nav_cases };
const PAGES: Record<Role, readonly Page[]> = {
	clerk: [{ href: '/', label: m.shell_nav_desk }, cases],
	approver: [{ href: '/', label: m.shell_nav_reviewDesk }, cases],
	supervisor: [{ href: '/supervision', label: m.shell_nav_supervision }],
	administrator: [{ href: '/admin', label: m.shell_nav_admin }],
};

/** The pages of a role; the first is where it starts. */
export const pagesOf = (role: Role): readonly Page[] => PAGES[role];

/** Which page of the role an address belongs to. A supervisor reads single cases from the page of supervision. */
export function currentPage(role: Role, path: string): Page | undefined {
	const pages = PAGES[role];
	const exact = pages.find((page) => (page.href === '/' ? path === '/' : path.startsWith(page.href)));
	return exact ?? (role === 'supervisor' && path.startsWith('/cases') ? pages[0] : undefined);
}
