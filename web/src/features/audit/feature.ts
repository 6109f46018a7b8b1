import Eye from '@lucide/svelte/icons/eye';
import type { auditEvents } from '@counter-hub/shared/audit/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import AuditTab from './AuditTab.svelte';

const events: DescribeEvents<keyof typeof auditEvents> = {
	'audit.opened': ({ thing }) => ({ icon: Eye, title: m.audit_opened(), detail: thing }),
};

export const audit: Feature = {
	name: 'audit',
	caseTabs: [{ id: 'audit', rank: 9, label: m.audit_tab, roles: ['supervisor'], component: AuditTab }],
	events,
};
