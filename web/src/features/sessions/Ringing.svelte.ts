import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import type { SessionView } from '@counter-hub/shared/sessions/sessions.ts';
import type { CallMedia } from './CallMedia.svelte.ts';
import { DesktopNotice } from './DesktopNotice.svelte.ts';
import { withChange, withRinging, withTruth, type Incoming, type RingEnd } from './incoming.ts';
import { RingSound } from './RingSound.svelte.ts';
import { SoundGate } from './SoundGate.svelte.ts';

/** How long the banner's place says who answered instead. */
const END_SHOWN_MS = 3000;
/** Calls that are made ready while they ring; more would cost bandwidth for calls that others answer. */
const PREPARED = 2;

export interface RingingOptions {
	staffId: () => string;
	/** A room entered as far as the lobby. */
	newMedia: (sessionId: string) => CallMedia;
	/** Title and text of the notification of the desktop. */
	describe: (session: SessionView) => { title: string; text: string };
}

/** The calls that ring at this counter: list, sound, desktop notification, and rooms made ready for the answer. */
export class Ringing {
	readonly sound = new RingSound();
	readonly gate = new SoundGate();
	readonly notice = new DesktopNotice();
	readonly #options: RingingOptions;
	readonly #prepared = new Map<string, CallMedia>();
	#list = $state.raw<readonly Incoming[]>([]);
	#quiet = $state(false);
	/** Why the last call stopped ringing, for three seconds. */
	end = $state.raw<RingEnd | null>(null);
	/** The call whose decline is being asked about. */
	declining = $state.raw<SessionView | null>(null);
	/** The desk shows the call in full, so that the banner need not. */
	detailShown = $state(false);
	#endTimer: ReturnType<typeof setTimeout> | undefined;

	constructor(options: RingingOptions) {
		this.#options = options;
	}

	/** Longest waiting first; empty while this person is in a call. */
	readonly list = $derived(this.#quiet ? [] : this.#list);
	readonly first = $derived(this.list[0]?.session ?? null);

	add(incoming: Incoming): void {
		const before = this.#list;
		this.#set(withRinging(before, incoming));
		const { session } = incoming;
		if (this.#quiet || before.some((one) => one.session.id === session.id)) return;
		const { title, text } = this.#options.describe(session);
		this.notice.show(title, text);
	}

	change(session: SessionView): void {
		const { list, end } = withChange(this.#list, session, this.#options.staffId());
		if (end && !this.#quiet) this.#say(end);
		this.#set(list);
	}

	/** The hub's own list, after a reconnect. */
	truth(ringing: readonly SessionView[], admissions: readonly MediaAdmission[]): void {
		this.#set(withTruth(this.#list, ringing, admissions));
	}

	/** Takes the call out of the list and hands over its room, as far as it was made ready. */
	take(sessionId: string): CallMedia | null {
		const media = this.#prepared.get(sessionId) ?? null;
		this.#prepared.delete(sessionId);
		this.#set(this.#list.filter((one) => one.session.id !== sessionId));
		// Another page of the same person may have got ready after this one, and put it out of the lobby.
		if (!media?.over) return media;
		media.close();
		return null;
	}

	/** While this person is in a call nothing rings here. */
	setQuiet(quiet: boolean): void {
		this.#quiet = quiet;
		this.#set(this.#list);
	}

	close(): void {
		clearTimeout(this.#endTimer);
		this.#set([]);
		this.end = null;
	}

	#say(end: RingEnd): void {
		this.end = end;
		clearTimeout(this.#endTimer);
		this.#endTimer = setTimeout(() => (this.end = null), END_SHOWN_MS);
	}

	#set(list: readonly Incoming[]): void {
		this.#list = list;
		const rings = list.length > 0 && !this.#quiet;
		if (rings) this.sound.start();
		else {
			this.sound.stop();
			this.notice.close();
		}
		this.#prepare(rings ? list.slice(0, PREPARED) : []);
	}

	#prepare(wanted: readonly Incoming[]): void {
		for (const [sessionId, media] of this.#prepared) {
			if (wanted.some((one) => one.session.id === sessionId)) continue;
			this.#prepared.delete(sessionId);
			media.close();
		}
		for (const { session, admission } of wanted) {
			this.#prepared.get(session.id)?.follow(session);
			if (!admission || this.#prepared.has(session.id)) continue;
			const media = this.#options.newMedia(session.id);
			this.#prepared.set(session.id, media);
			// Refused or too late: the answer brings its own admission.
			media.enter(admission).catch(() => {
				if (this.#prepared.get(session.id) === media) this.#prepared.delete(session.id);
				media.close();
			});
		}
	}
}
