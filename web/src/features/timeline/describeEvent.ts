import Check from '@lucide/svelte/icons/check';
import CircleX from '@lucide/svelte/icons/circle-x';
import Eye from '@lucide/svelte/icons/eye';
import FileText from '@lucide/svelte/icons/file-text';
import Headset from '@lucide/svelte/icons/headset';
import LogIn from '@lucide/svelte/icons/log-in';
import LogOut from '@lucide/svelte/icons/log-out';
import OctagonX from '@lucide/svelte/icons/octagon-x';
import Pencil from '@lucide/svelte/icons/pencil';
import Phone from '@lucide/svelte/icons/phone';
import PhoneCall from '@lucide/svelte/icons/phone-call';
import PhoneMissed from '@lucide/svelte/icons/phone-missed';
import PhoneOff from '@lucide/svelte/icons/phone-off';
import Plus from '@lucide/svelte/icons/plus';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import { eventData, type EventDataOf, type EventType } from '@counter-hub/shared/timeline/events.ts';
import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import type { Component } from 'svelte';
import { conclusionWord, declineWord } from '#features/call/words.ts';
import { cityName, duration } from '#platform/format.ts';
import { m } from '#paraglide/messages.js';

/** An event in words. `detail` is free text of a person or a second line; `tone` only for exceptions and conclusions. */
export interface EventWords {
	icon: Component<{ size?: number }>;
	title: string;
	detail?: string;
	tone?: 'ok' | 'warn' | 'bad' | 'accent';
}

/** Who a participant of a session is: `松江 · 收件地`. */
export type PartyName = (participantId: string) => string;
type Words<T extends EventType> = (data: EventDataOf<T>, party: PartyName) => EventWords;

const gap = (ms: number | null) =>
	ms === null ? {} : { detail: m.event_session_gap({ time: duration(ms) }) };
const note = (text: string) => (text === '' ? {} : { detail: text });
const TONES = { pass: 'ok', correction: 'warn', rejectionAdvised: 'bad', contactLater: 'accent' } as const;

const WORDS: { [T in EventType]?: Words<T> } = {
	'case.opened': (data) => ({
		icon: Plus,
		title: m.event_case_opened(),
		detail: m.event_case_opened_detail({
			origin: cityName(data.originCity),
			permit: cityName(data.permitCity),
		}),
	}),
	'case.noted': (data) => ({ icon: Pencil, title: data.text }),
	'person.unmasked': (data) => ({
		icon: Eye,
		title: m.event_person_unmasked(),
		detail: m.event_person_unmasked_detail({ reason: data.reason }),
	}),
	'session.requested': (data) => ({
		icon: Headset,
		title: data.purpose === 'review' ? m.event_session_review() : m.event_session_guidance(),
		detail: [
			data.callsBack === null
				? m.event_session_to({ city: cityName(data.toCity) })
				: m.event_session_callsBack(),
			data.note,
		]
			.filter((line) => line !== '')
			.join('\n'),
	}),
	'session.ringing': () => ({ icon: PhoneCall, title: m.event_session_ringing() }),
	'session.answered': () => ({ icon: Phone, title: m.event_session_answered() }),
	'session.declined': (data) => ({
		icon: CircleX,
		tone: 'warn',
		title: m.event_session_declined({ reason: declineWord(data.reason) }),
		...note(data.note),
	}),
	'session.cancelled': () => ({ icon: PhoneOff, title: m.event_session_cancelled() }),
	'session.missed': () => ({ icon: PhoneMissed, tone: 'warn', title: m.event_session_missed() }),
	'session.failed': (data) => ({
		icon: OctagonX,
		tone: 'bad',
		title: m.event_session_failed(),
		detail: data.errorCode,
	}),
	'session.joined': (data, party) => ({
		icon: LogIn,
		title:
			data.gapMs === null
				? m.event_session_joined({ party: party(data.participantId) })
				: m.event_session_rejoined({ party: party(data.participantId) }),
		...gap(data.gapMs),
	}),
	'session.left': (data, party) => ({
		icon: LogOut,
		title: m.event_session_left({ party: party(data.participantId) }),
	}),
	'session.mediaLost': () => ({ icon: TriangleAlert, tone: 'warn', title: m.event_session_mediaLost() }),
	'session.mediaRestored': (data) => ({
		icon: Check,
		title: m.event_session_mediaRestored(),
		...gap(data.gapMs),
	}),
	'session.concluded': (data) => ({
		icon: FileText,
		tone: TONES[data.conclusion],
		title: m.event_session_concluded({ conclusion: conclusionWord(data.conclusion) }),
		...note(data.note),
	}),
	'session.ended': () => ({ icon: PhoneOff, title: m.event_session_ended() }),
	'session.abandoned': () => ({ icon: PhoneOff, tone: 'warn', title: m.event_session_abandoned() }),
};

/** Words for any event; one of a kind or form that this page does not know is shown by its type. */
export function describeEvent(event: EventView, party: PartyName): EventWords {
	return (
		describe(event.type, event.data, party) ?? {
			icon: FileText,
			title: m.timeline_unknown(),
			detail: event.type,
		}
	);
}

function describe(type: EventType, data: unknown, party: PartyName): EventWords | undefined {
	const words = WORDS[type];
	const parsed = eventData[type].safeParse(data);
	// `eventData[type]` has just accepted it; TypeScript cannot follow the key through both tables.
	return words && parsed.success ? words(parsed.data as never, party) : undefined;
}

/** Names the participants of the sessions on this timeline, from the events that brought them in. */
export function partyNames(
	events: readonly EventView[],
	dutyWord: (duty: 'receiving' | 'permit') => string,
): PartyName {
	const names = new Map<string, string>();
	for (const event of events) {
		const party = partyOf(event);
		if (party)
			names.set(
				party.participantId,
				m.timeline_party({ city: cityName(party.cityCode), duty: dutyWord(party.duty) }),
			);
	}
	return (participantId) => names.get(participantId) ?? m.timeline_someParty();
}

function partyOf(event: EventView) {
	if (event.type === 'session.requested')
		return eventData['session.requested'].safeParse(event.data).data?.caller;
	if (event.type === 'session.answered')
		return eventData['session.answered'].safeParse(event.data).data?.callee;
	return undefined;
}
