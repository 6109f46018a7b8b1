import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import { sessionView, type SessionView } from '@counter-hub/shared/sessions/sessions.ts';
import type { Devices } from '#features/media/Devices.ts';
import type { App } from '#platform/App.svelte.ts';
import { admit, type Admitted } from './callAdmission.ts';
import { CallMedia } from './CallMedia.svelte.ts';
import { callMemory } from './callMemory.ts';
import { isLive, phaseAfter, sidesOf, type CallPhase } from './callState.ts';
import { Ringing } from './Ringing.svelte.ts';
import { ringText } from './words.ts';

/** The call that this page holds: where it stands, its media, and what is remembered of it for a reload. */
export class HeldCall {
	readonly ringing: Ringing;
	readonly devices: Devices;
	protected readonly app: App;
	protected readonly go: (path: string) => Promise<void>;

	/** The call's page is on its way; the call is shown already. */
	opening = $state(false);
	/** A command is under way. */
	busy = $state(false);
	phase = $state.raw<CallPhase>({ kind: 'idle' });
	media = $state.raw<CallMedia | null>(null);
	/** Whether the other side's page is in the room just now; null while that is not known. */
	otherPresent = $state<boolean | null>(null);
	/** Since when the other side has not been in the room (hub time, ms); null while it is. */
	otherGoneSince = $state<number | null>(null);

	constructor(app: App, devices: Devices, go: (path: string) => Promise<void>) {
		this.app = app;
		this.devices = devices;
		this.go = go;
		this.ringing = new Ringing({
			staffId: () => this.staffId,
			newMedia: (sessionId) => this.newMedia(() => sessionId),
			describe: ringText,
		});
	}

	get staffId(): string {
		return this.app.signIn.me?.staff.id ?? '';
	}
	/** The session of this page, whatever its state. */
	readonly session = $derived(this.phase.kind === 'idle' ? null : this.phase.session);
	readonly live = $derived(isLive(this.phase));
	readonly sides = $derived(this.session ? sidesOf(this.session, this.staffId) : null);
	readonly #answering = $derived(this.phase.kind === 'answering' ? this.phase.session : null);
	/** The duty of this person in the call; for who answers, from the click on. */
	readonly duty = $derived(this.sides?.own.duty ?? this.#answering?.to.duty ?? 'receiving');
	readonly other = $derived(this.sides?.other ?? this.#answering?.caller ?? null);
	/** This person calls, and nobody has answered yet. */
	readonly ringsOut = $derived(this.phase.kind === 'outgoing');

	/** Reads how a call ended, for whoever opens its address afterwards. */
	async look(sessionId: string): Promise<void> {
		try {
			const session = await this.app.api.get(`/sessions/${sessionId}`, sessionView);
			if (this.session?.id === sessionId) this.changed(session);
			else if (session.state === 'ended' && !this.live) this.enter({ kind: 'ended', session });
		} catch {
			// Not ours, or no connection: the page says that there is no call here.
		}
	}

	/** Puts the result of an ended call away. */
	dismiss(): void {
		if (this.phase.kind === 'ended') this.enter({ kind: 'idle' });
	}

	/** What is muted is remembered with the call, for a reload. */
	remember(): void {
		const { media, session } = this;
		if (!media || !session || !this.live) return;
		callMemory.set({ sessionId: session.id, muted: media.mutedKinds });
	}

	/** The hub admitted this page: it holds the call from now on. */
	protected hold({ session, admission }: Admitted, media: CallMedia): void {
		if (session.state === 'ended') {
			media.close();
			this.enter({ kind: 'ended', session });
			return;
		}
		if (this.media !== media) this.drop();
		this.media = media;
		this.enter({ kind: session.state === 'active' ? 'inCall' : 'outgoing', session });
		this.remember();
		this.show(session.id);
		this.reach(admission);
		// Not waited for: the connection repairs itself, and what it refuses for good stands in its state.
		media.join(admission).catch(() => undefined);
	}

	protected changed(session: SessionView): void {
		this.ringing.change(session);
		const before = this.phase;
		const after = phaseAfter(before, session);
		if (after !== before) this.enter(after);
		if (this.live && this.session?.id === session.id) this.media?.follow(this.session);
		if (
			before.kind === 'idle' &&
			!this.busy &&
			session.state === 'active' &&
			sidesOf(session, this.staffId)
		) {
			this.enter({ kind: 'held', session, elsewhere: true });
		}
	}

	/** The media node says that another page has the call; the hub's word may have been lost. */
	superseded(): void {
		if (this.session) this.takenOver(this.session.id, '');
	}

	protected takenOver(sessionId: string, pageId: string): void {
		if (this.session?.id !== sessionId || pageId === this.app.hub.pageId || !this.live) return;
		const { session } = this;
		this.drop();
		this.enter({ kind: 'held', session, elsewhere: true });
	}

	protected enter(phase: CallPhase): void {
		if (phase.kind !== 'inCall') this.otherGoneSince = null;
		this.phase = phase;
		this.ringing.setQuiet(isLive(phase) || phase.kind === 'held');
		if (phase.kind === 'ended') this.drop();
	}

	protected drop(): void {
		this.media?.close();
		this.media = null;
		callMemory.clear();
	}

	/** The call is shown at once; the change of page, which costs the browser time, comes `afterMs` later. */
	protected show(sessionId: string, afterMs = 0): void {
		const path = `/call/${sessionId}`;
		const from = location.pathname;
		if (from === path || this.opening) return;
		this.opening = true;
		setTimeout(() => {
			// Meanwhile it may have been refused, or the person have gone to another page.
			const stays = this.live && this.session?.id === sessionId && location.pathname === from;
			void (stays ? this.go(path) : Promise.resolve()).finally(() => (this.opening = false));
		}, afterMs);
	}

	/**
	 * A media node that is newer than this page: what the page may connect to was settled when it was loaded. The call
	 * outlives a reload, and without one there would be no picture.
	 */
	protected reach({ signalUrl }: MediaAdmission): void {
		const { version } = this.app;
		if (!version.reaches(signalUrl) && this.live && !version.tried) version.loadAnew();
	}

	protected newMedia(
		sessionId: () => string,
		muted?: ConstructorParameters<typeof CallMedia>[0]['muted'],
	): CallMedia {
		return new CallMedia({
			pageId: this.app.hub.pageId,
			devices: this.devices,
			now: () => this.app.clock.now,
			getAdmission: async () => {
				const { admission } = await admit(this.app.hub, sessionId());
				this.reach(admission);
				return admission;
			},
			...(muted && { muted }),
		});
	}
}
