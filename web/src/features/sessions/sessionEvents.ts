import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import Check from '@lucide/svelte/icons/check';
import CircleX from '@lucide/svelte/icons/circle-x';
import FileText from '@lucide/svelte/icons/file-text';
import Headset from '@lucide/svelte/icons/headset';
import LogIn from '@lucide/svelte/icons/log-in';
import LogOut from '@lucide/svelte/icons/log-out';
import OctagonX from '@lucide/svelte/icons/octagon-x';
import Phone from '@lucide/svelte/icons/phone';
import PhoneCall from '@lucide/svelte/icons/phone-call';
import PhoneMissed from '@lucide/svelte/icons/phone-missed';
import PhoneOff from '@lucide/svelte/icons/phone-off';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import { sessionEvents } from '@counter-hub/shared/sessions/events.ts';
import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import type { DescribeEvents, Party } from '#features/timeline/eventWords.ts';
import { cityName, duration } from '#platform/format.ts';
import { m } from '#paraglide/messages.js';
import { conclusionWord, declineWord } from './words.ts';

const gap = (ms: number | null) =>
	ms === null ? {} : { detail: m.event_session_gap({ time: duration(ms) }) };
const note = (text: string) => (text === '' ? {} : { detail: text });
const TONES = { pass: 'ok', correction: 'warn', rejectionAdvised: 'bad', contactLater: 'accent' } as const;

/** What happened in a call, in words. */
export const describeSessionEvents: DescribeEvents<keyof typeof sessionEvents> = {
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
	'session.removed': (data, party) => ({
		icon: LogOut,
		tone: 'warn',
		title: m.event_session_removed({ party: party(data.participantId) }),
	}),
	'session.mediaLost': () => ({ icon: TriangleAlert, tone: 'warn', title: m.event_session_mediaLost() }),
	'session.moved': () => ({ icon: ArrowLeftRight, tone: 'warn', title: m.event_session_moved() }),
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

/** The caller comes in with the request, the callee with the answer. */
export function sessionPartyOf({ type, data }: EventView): Party | undefined {
	if (type === 'session.requested') return sessionEvents[type].safeParse(data).data?.caller;
	if (type === 'session.answered') return sessionEvents[type].safeParse(data).data?.callee;
	return undefined;
}
