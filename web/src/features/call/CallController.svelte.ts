import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import {
	sessionView,
	type Conclusion,
	type DeclineReason,
	type SessionPurpose,
	type SessionView,
} from '@counter-hub/shared/sessions/sessions.ts';
import { createContext } from 'svelte';
import type { Devices } from '#features/media/Devices.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { CallMedia } from './CallMedia.svelte.ts';
import { callMemory } from './callMemory.ts';
import { isLive, mayConclude, phaseAfter, sidesOf, type CallPhase } from './callState.ts';
import { Ringing } from './Ringing.svelte.ts';
import { ringText } from './words.ts';

export interface CallRequest {
	caseId: string;
	purpose: SessionPurpose;
	note: string;
	/** The missed call that this one answers. */
	callsBack: string | null;
}
const RETURN_TRIES = 4;
const RETURN_PAUSE_MS = 500;

interface Admitted {
	session: SessionView;
	admission: MediaAdmission;
}

/**
 * The one call of this page, and the calls that ring at its counter. Made once by the root layout, so that a call goes
 * on while the person looks at other pages. The hub's word decides: every state comes from an acknowledgement or a
 * notice with a rising version; the page only adds what it holds itself (media, the place where it lives).
 */
export class CallController {
	readonly ringing: Ringing;
	readonly devices: Devices;
	readonly #app: App;
	readonly #go: (path: string) => Promise<void>;
	#stops: (() => void)[] = [];

	phase = $state.raw<CallPhase>({ kind: 'idle' });
	media = $state.raw<CallMedia | null>(null);
	/** Why the last command was refused; put away by the next one. */
	problem = $state.raw<ApiProblem | null>(null);
	/** A command is under way. */
	busy = $state(false);
	/** The hub has said once what concerns this person. */
	settled = $state(false);
	/** Since when the other side has not been in the room (hub time, ms); null while it is. */
	otherGoneSince = $state<number | null>(null);

	constructor(app: App, devices: Devices, go: (path: string) => Promise<void>) {
		this.#app = app;
		this.devices = devices;
		this.#go = go;
		this.ringing = new Ringing({
			staffId: () => this.staffId,
			newMedia: (sessionId) => this.#newMedia(() => sessionId),
			describe: ringText,
		});
	}

	get staffId(): string {
		return this.#app.session.me?.staff.id ?? '';
	}
	/** The session of this page, whatever its state. */
	readonly session = $derived(this.phase.kind === 'idle' ? null : this.phase.session);
	readonly live = $derived(isLive(this.phase));
	readonly sides = $derived(this.session ? sidesOf(this.session, this.staffId) : null);
	readonly mayConclude = $derived(
		this.phase.kind === 'inCall' && mayConclude(this.phase.session, this.staffId),
	);

	/** Begins to listen; call when somebody has signed in, and `stop()` when nobody is any more. */
	start(): void {
		if (this.#stops.length > 0) return;
		const { hub } = this.#app;
		void this.devices.start();
		this.#stops = [
			hub.on('session:ringing', (ring) => this.ringing.add(ring)),
			hub.on('session:changed', ({ session }) => this.#changed(session)),
			hub.on('session:takenOver', ({ sessionId, pageId }) => this.#takenOver(sessionId, pageId)),
			hub.onConnect(() => void this.#connected()),
		];
	}

	stop(): void {
		for (const stop of this.#stops) stop();
		this.#stops = [];
		this.ringing.close();
		this.#drop();
		this.#enter({ kind: 'idle' });
	}

	/** Rings the other counter of the case. The click that calls this opens the remembered devices. */
	async request(request: CallRequest): Promise<boolean> {
		if (this.live || this.busy) return false;
		return this.#command(async () => {
			const media = this.#newMedia(() => this.session?.id ?? '');
			media.openDevices();
			try {
				const admitted = await this.#app.hub.request('session:request', { commandId: newId(), ...request });
				await this.#hold(admitted, media);
			} catch (error) {
				media.close();
				throw error;
			}
		});
	}

	/** Answers a ringing call, by default the one that waits longest. Call on a click or key. */
	async answer(session: SessionView | null = this.ringing.first): Promise<boolean> {
		if (!session || this.live || this.busy) return false;
		return this.#command(async () => {
			const media = this.ringing.take(session.id) ?? this.#newMedia(() => session.id);
			// First of all: the other side's picture waits for nothing but this.
			const answered = this.#app.hub.request('session:answer', {
				commandId: newId(),
				sessionId: session.id,
			});
			this.#enter({ kind: 'answering', session });
			this.media = media;
			media.openDevices();
			this.#show(session.id);
			try {
				await this.#hold(await answered, media);
			} catch (error) {
				this.#drop();
				this.#enter({ kind: 'idle' });
				void this.#go('/');
				throw error;
			}
		});
	}

	decline(sessionId: string, reason: DeclineReason, note: string): Promise<boolean> {
		return this.#command(async () => {
			const command = { commandId: newId(), sessionId, reason, note };
			const { session } = await this.#app.hub.request('session:decline', command);
			this.ringing.take(session.id);
		});
	}

	/** The caller thinks better of it while it rings. */
	cancel = (): Promise<boolean> => this.#endBy('session:cancel');
	/** Ends without a conclusion. */
	hangUp = (): Promise<boolean> => this.#endBy('session:hangUp');

	conclude(conclusion: Conclusion, note: string): Promise<boolean> {
		return this.#command(async () => {
			const sessionId = this.session?.id;
			if (sessionId === undefined) return;
			const command = { commandId: newId(), sessionId, conclusion, note };
			this.#changed((await this.#app.hub.request('session:conclude', command)).session);
		});
	}

	/** Brings the call of another page, or of a browser that was closed, into this one. */
	takeOver(sessionId: string): Promise<boolean> {
		return this.#command(async () => {
			const admitted = await this.#app.hub.request('session:admit', { sessionId, takeOver: true });
			const media = this.#newMedia(() => sessionId);
			media.openDevices();
			await this.#hold(admitted, media);
		});
	}

	/** Calls the counter that called in vain. */
	callBack = (missed: SessionView): Promise<boolean> =>
		this.request({ caseId: missed.caseId, purpose: missed.purpose, note: '', callsBack: missed.id });

	/** Once more about the same case. */
	callAgain = (ended: SessionView): Promise<boolean> =>
		this.request({ caseId: ended.caseId, purpose: ended.purpose, note: ended.note, callsBack: null });

	/** Reads how a call ended, for whoever opens its address afterwards. */
	async look(sessionId: string): Promise<void> {
		try {
			const session = await this.#app.api.get(`/sessions/${sessionId}`, sessionView);
			if (this.session?.id === sessionId) this.#changed(session);
			else if (session.state === 'ended' && !this.live) this.#enter({ kind: 'ended', session });
		} catch {
			// Not ours, or no connection: the page says that there is no call here.
		}
	}

	/** Puts the result of an ended call away. */
	dismiss(): void {
		if (this.phase.kind === 'ended') this.#enter({ kind: 'idle' });
	}

	/** What is muted is remembered with the call, for a reload. */
	remember(): void {
		const { media, session } = this;
		if (!media || !session || !this.live) return;
		const muted = (['microphone', 'camera', 'document'] as const).filter((kind) => media.muted[kind]);
		callMemory.set({ sessionId: session.id, muted });
	}

	#endBy(name: 'session:cancel' | 'session:hangUp'): Promise<boolean> {
		return this.#command(async () => {
			const sessionId = this.session?.id;
			if (sessionId === undefined) return;
			this.#changed((await this.#app.hub.request(name, { commandId: newId(), sessionId })).session);
		});
	}

	/** Runs a command; false when the hub refused it, with `problem` saying why. */
	async #command(work: () => Promise<void>): Promise<boolean> {
		this.problem = null;
		this.busy = true;
		try {
			await work();
			return true;
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return false;
		} finally {
			this.busy = false;
		}
	}

	/** The hub admitted this page: it holds the call from now on. */
	async #hold({ session, admission }: Admitted, media: CallMedia): Promise<void> {
		if (session.state === 'ended') {
			media.close();
			this.#enter({ kind: 'ended', session });
			return;
		}
		if (this.media !== media) this.#drop();
		this.media = media;
		this.#enter({ kind: session.state === 'active' ? 'inCall' : 'outgoing', session });
		this.remember();
		this.#show(session.id);
		// The media connection repairs itself; what it refuses for good stands in its state.
		await media.join(admission).catch(() => undefined);
	}

	async #connected(): Promise<void> {
		try {
			const memory = callMemory.get();
			if (this.live && this.session) await this.#renew(this.session.id);
			else if (memory && !this.busy) await this.#return(memory);
			const mine = await this.#app.hub.request('session:mine', {});
			this.ringing.truth(mine.ringing);
			if (this.phase.kind === 'held' || this.phase.kind === 'idle') {
				const { active, activeElsewhere } = mine;
				this.#enter(
					active ? { kind: 'held', session: active, elsewhere: activeElsewhere } : { kind: 'idle' },
				);
			}
			this.settled = true;
		} catch {
			// Lost again meanwhile: the next connection asks anew.
		}
	}

	/** After a reload: the same call, by itself. The page before may still count as open for a moment. */
	async #return({ sessionId, muted }: NonNullable<ReturnType<typeof callMemory.get>>): Promise<void> {
		const media = this.#newMedia(() => sessionId, muted);
		media.openDevices();
		try {
			await this.#hold(await this.#admitAgain(sessionId), media);
		} catch (error) {
			media.close();
			const problem = ApiProblem.from(error);
			// Without an answer the memory stays for the next connection.
			if (problem.is('SYS-9003')) return;
			callMemory.clear();
			if (problem.is('CALL-5003')) await this.look(sessionId);
		}
	}

	async #admitAgain(sessionId: string): Promise<Admitted> {
		for (let tried = 1; ; tried++) {
			try {
				return await this.#app.hub.request('session:admit', { sessionId, takeOver: false });
			} catch (error) {
				if (tried === RETURN_TRIES || !ApiProblem.from(error).is('CALL-5007')) throw error;
				await new Promise((resolve) => setTimeout(resolve, RETURN_PAUSE_MS));
			}
		}
	}

	/** After a reconnect: tells the hub that this page holds the call, and learns what happened meanwhile. */
	async #renew(sessionId: string): Promise<void> {
		try {
			const { session } = await this.#app.hub.request('session:admit', { sessionId, takeOver: false });
			this.#changed(session);
		} catch (error) {
			const problem = ApiProblem.from(error);
			if (problem.is('CALL-5007')) this.#takenOver(sessionId, '');
			else if (problem.is('CALL-5003')) await this.look(sessionId);
		}
	}

	#changed(session: SessionView): void {
		this.ringing.change(session);
		const before = this.phase;
		const after = phaseAfter(before, session);
		if (after !== before) this.#enter(after);
		if (
			before.kind === 'idle' &&
			!this.busy &&
			session.state === 'active' &&
			sidesOf(session, this.staffId)
		) {
			this.#enter({ kind: 'held', session, elsewhere: true });
		}
	}

	#takenOver(sessionId: string, pageId: string): void {
		if (this.session?.id !== sessionId || pageId === this.#app.hub.pageId || !this.live) return;
		const { session } = this;
		this.#drop();
		this.#enter({ kind: 'held', session, elsewhere: true });
	}

	#enter(phase: CallPhase): void {
		if (phase.kind !== 'inCall') this.otherGoneSince = null;
		this.phase = phase;
		this.ringing.setQuiet(isLive(phase) || phase.kind === 'held');
		if (phase.kind === 'ended') this.#drop();
	}

	#drop(): void {
		this.media?.close();
		this.media = null;
		callMemory.clear();
	}

	#show(sessionId: string): void {
		const path = `/call/${sessionId}`;
		if (location.pathname !== path) void this.#go(path);
	}

	#newMedia(sessionId: () => string, muted?: ConstructorParameters<typeof CallMedia>[0]['muted']): CallMedia {
		return new CallMedia({
			pageId: this.#app.hub.pageId,
			devices: this.devices,
			now: () => this.#app.clock.now,
			getAdmission: async () => {
				const request = { sessionId: sessionId(), takeOver: false };
				return (await this.#app.hub.request('session:admit', request)).admission;
			},
			...(muted && { muted }),
		});
	}
}

export const [getCall, setCall] = createContext<CallController>();
