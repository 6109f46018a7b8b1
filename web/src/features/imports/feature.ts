import type { Feature } from '#Feature.ts';
import { m } from '#paraglide/messages.js';
import ImportPane from './ImportPane.svelte';
import { setUpImport } from './StaffImport.svelte.ts';

/** People of a list, for administrators. */
export const imports: Feature = {
	name: 'imports',
	signedIn: setUpImport,
	adminPanes: [{ id: 'imports', label: m.imports_tab, component: ImportPane }],
};
