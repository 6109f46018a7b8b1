import CircleCheck from '@lucide/svelte/icons/circle-check';
import ClipboardCheck from '@lucide/svelte/icons/clipboard-check';
import Forward from '@lucide/svelte/icons/forward';
import MessageSquare from '@lucide/svelte/icons/message-square';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import Wrench from '@lucide/svelte/icons/wrench';
import type { ticketEvents } from '@counter-hub/shared/tickets/events.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import { causeName, evidenceLine } from './ticketWords.ts';

export const describeTicketEvents: DescribeEvents<keyof typeof ticketEvents> = {
	'ticket.opened': ({ number, cause, text, evidence }) => ({
		icon: TriangleAlert,
		title: m.tickets_event_opened({ number, what: causeName(cause) }),
		detail: text ?? (evidence ? evidenceLine(evidence) : ''),
		tone: 'warn',
	}),
	'ticket.failed': ({ evidence }) => ({
		icon: TriangleAlert,
		title: m.tickets_event_failed(),
		detail: evidenceLine(evidence),
		tone: 'warn',
	}),
	'ticket.passed': ({ evidence, solved }) => ({
		icon: ClipboardCheck,
		title: solved ? m.tickets_event_recovered() : m.tickets_event_passed(),
		detail: evidenceLine(evidence),
		tone: solved ? 'ok' : 'accent',
	}),
	'ticket.followed': () => ({ icon: Forward, title: m.tickets_event_followed() }),
	'ticket.taken': () => ({ icon: Wrench, title: m.tickets_event_taken() }),
	'ticket.noted': ({ text }) => ({ icon: MessageSquare, title: text, written: true }),
	'ticket.solved': ({ done }) => ({
		icon: CircleCheck,
		title: m.tickets_event_solved(),
		detail: done,
		tone: 'ok',
	}),
	'ticket.reopened': ({ reason }) => ({
		icon: RotateCcw,
		title: m.tickets_event_reopened(),
		detail: reason,
		tone: 'warn',
	}),
};
