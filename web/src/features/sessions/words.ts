import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type {
	Conclusion,
	DeclineReason,
	SessionOutcome,
	SessionPurpose,
} from '@counter-hub/shared/sessions/sessionTerms.ts';
import type { SessionParty, SessionView } from '@counter-hub/shared/sessions/sessions.ts';
import type { DeviceProblemCode, MissedChoice } from '#features/media/deviceTypes.ts';
import { m } from '#paraglide/messages.js';
import { getLocale } from '#paraglide/runtime.js';
import { cityName } from '#platform/format.ts';

/*
 * Words of a call in the language of the page. Names of people and enterprises stay as they are.
 */

export const purposeWord = (purpose: SessionPurpose): string =>
	purpose === 'review' ? m.call_purpose_review() : m.call_purpose_guidance();

/** `松江专窗`; in English the city stands for its counter. */
export const counterWord = (place: { cityCode: CityCode; counterName: string }): string =>
	getLocale() === 'en' ? cityName(place.cityCode) : place.counterName;

/** `松江专窗 2号窗口`. */
export const placeWord = (party: SessionParty): string =>
	party.windowNumber === null
		? counterWord(party)
		: m.call_at_window({ counter: counterWord(party), number: party.windowNumber });

/** `松江专窗 2号窗口 · 陈静`. */
export const partyWord = (party: SessionParty): string => `${placeWord(party)} · ${party.displayName}`;

export const itemWord = (session: Pick<SessionView, 'itemName' | 'itemNameEn'>): string =>
	getLocale() === 'en' ? session.itemNameEn : session.itemName;

export const conclusionWord = (conclusion: Conclusion): string =>
	({
		pass: m.call_conclusion_pass,
		correction: m.call_conclusion_correction,
		rejectionAdvised: m.call_conclusion_rejection,
		contactLater: m.call_conclusion_contact,
	})[conclusion]();

export const declineWord = (reason: DeclineReason): string =>
	({
		busy: m.call_decline_busy,
		notOurs: m.call_decline_not_ours,
		deviceFault: m.call_decline_device,
		other: m.call_decline_other,
	})[reason]();

/** What happened to an ended session, in a few words. */
export const outcomeWord = (session: Pick<SessionView, 'outcome' | 'conclusion'>): string =>
	session.outcome ? endingWord(session.outcome, session.conclusion) : m.call_outcome_ended();

export function endingWord(outcome: SessionOutcome, conclusion: Conclusion | null): string {
	switch (outcome) {
		case 'concluded':
			return conclusion ? conclusionWord(conclusion) : m.call_outcome_ended();
		case 'unconcluded':
			return m.call_outcome_unconcluded();
		case 'declined':
			return m.call_outcome_declined();
		case 'missed':
			return m.call_outcome_missed();
		case 'cancelled':
			return m.call_outcome_cancelled();
		case 'abandoned':
			return m.call_outcome_abandoned();
		case 'failed':
			return m.call_outcome_failed();
	}
}

/** Title and text of a ringing call: who, what for, about what. */
export const ringText = (session: SessionView): { title: string; text: string } => ({
	title: m.call_ring_title({ counter: counterWord(session.caller), purpose: purposeWord(session.purpose) }),
	text: `${itemWord(session)} · ${session.enterpriseName} · ${session.caller.displayName}`,
});

/** What is wrong with a device and how to mend it. */
export function deviceProblemText(code: DeviceProblemCode): { what: string; remedy: string } {
	switch (code) {
		case 'DEV-1001':
			return { what: m.call_device_no_camera(), remedy: m.call_device_no_camera_remedy() };
		case 'DEV-1002':
			return { what: m.call_device_no_microphone(), remedy: m.call_device_no_microphone_remedy() };
		case 'DEV-1003':
			return { what: m.call_device_refused(), remedy: m.call_device_refused_remedy() };
		case 'DEV-1004':
			return { what: m.call_device_busy(), remedy: m.call_device_busy_remedy() };
		case 'DEV-1005':
			return { what: m.call_device_insecure(), remedy: m.call_device_insecure_remedy() };
		case 'DEV-1006':
			return { what: m.call_device_picture(), remedy: m.call_device_picture_remedy() };
		case 'DEV-1007':
			return { what: m.call_device_unplugged(), remedy: m.call_device_unplugged_remedy() };
		case 'DEV-1008':
			return { what: m.call_device_still(), remedy: m.call_device_still_remedy() };
	}
}

/** `“耳麦”打不开（DEV-1004），仍在用现在这个。` */
export const missedChoiceText = ({ label, code }: MissedChoice, device: string): string =>
	m.call_device_missed({
		name: label === '' ? device : label,
		why: `${code} ${deviceProblemText(code).what}`,
	});
