import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { Conclusion, DeclineReason, SessionPurpose } from '@counter-hub/shared/sessions/sessionTerms.ts';
import type { SessionView } from '@counter-hub/shared/sessions/sessions.ts';
import { createContext } from 'svelte';
import { isPassing } from '#platform/isPassing.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import { errorLine } from '#platform/errorText.ts';
import { admit, admitPatiently } from './callAdmission.ts';
import { callMemory } from './callMemory.ts';
import { mayConclude } from './callState.ts';
import { HeldCall } from './HeldCall.svelte.ts';

/** The other side's picture comes before everything that is not needed to see it. */
export const PICTURE_FIRST_MS = 400;

export interface CallRequest {
	caseId: string;
	purpose: SessionPurpose;
	note: string;
	/** The missed call that this one answers. */
	callsBack: string | null;
}

/**
 * The one call of this page, and the calls that ring at its counter. Made once by the root layout, so that a call goes
 * on while the person looks at other pages. The hub's word decides: every state comes from an acknowledgement or a
 * notice with a rising version; the page only adds what it holds itself (media, the place where it lives).
 */
export class CallController extends HeldCall {
	#stops: (() => void)[] = [];
	#returning = false;

	/** Why the last command was refused; put away by the next one. */
	problem = $state.raw<ApiProblem | null>(null);
	/** The hub has said once what concerns this person. */
	settled = $state(false);
	readonly mayConclude = $derived(
		this.phase.kind === 'inCall' && mayConclude(this.phase.session, this.staffId),
	);

	/** Begins to listen; call when somebody has signed in, and `stop()` when nobody is any more. */
	start(): void {
		if (this.#stops.length > 0) return;
		const { hub } = this.app;
		void this.devices.start();
		this.#stops = [
			hub.on('session:ringing', (ring) => this.ringing.add(ring)),
			hub.on('session:changed', ({ session }) => this.changed(session)),
			hub.on('session:takenOver', ({ sessionId, pageId }) => this.takenOver(sessionId, pageId)),
			hub.onConnect(() => void this.#connected()),
			this.ringing.gate.watch(),
		];
	}

	stop(): void {
		for (const stop of this.#stops) stop();
		this.#stops = [];
		this.ringing.close();
		this.drop();
		this.enter({ kind: 'idle' });
	}

	/** Rings the other counter of the case. The click that calls this opens the remembered devices. */
	async request(request: CallRequest): Promise<boolean> {
		if (this.live || this.busy) return false;
		return this.#command(async () => {
			const media = this.newMedia(() => this.session?.id ?? '');
			media.openDevices();
			try {
				const admitted = await this.app.hub.request('session:request', { commandId: newId(), ...request });
				this.hold(admitted, media);
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
			const media = this.ringing.take(session.id) ?? this.newMedia(() => session.id);
			// First of all: the other side's picture waits for nothing but this.
			const answered = this.app.hub.request('session:answer', {
				commandId: newId(),
				sessionId: session.id,
			});
			this.enter({ kind: 'answering', session });
			media.openDevicesAfterPicture(PICTURE_FIRST_MS);
			this.media = media;
			this.show(session.id, PICTURE_FIRST_MS);
			try {
				this.hold(await answered, media);
			} catch (error) {
				this.drop();
				this.enter({ kind: 'idle' });
				void this.go('/');
				this.app.announcer.say(errorLine(ApiProblem.from(error)));
				throw error;
			}
		});
	}

	decline(sessionId: string, reason: DeclineReason, note: string): Promise<boolean> {
		return this.#command(async () => {
			const command = { commandId: newId(), sessionId, reason, note };
			const { session } = await this.app.hub.request('session:decline', command);
			this.ringing.take(session.id);
		});
	}

	/** The caller thinks better of it while it rings. */
	cancel = (): Promise<boolean> => this.#end((command) => this.app.hub.request('session:cancel', command));
	/** Ends without a conclusion. */
	hangUp = (): Promise<boolean> => this.#end((command) => this.app.hub.request('session:hangUp', command));
	conclude = (conclusion: Conclusion, note: string): Promise<boolean> =>
		this.#end((command) => this.app.hub.request('session:conclude', { ...command, conclusion, note }));

	/** Brings the call of another page, or of a browser that was closed, into this one. */
	takeOver(sessionId: string): Promise<boolean> {
		return this.#command(async () => {
			const admitted = await this.app.hub.request('session:admit', { sessionId, takeOver: true });
			const media = this.newMedia(() => sessionId);
			media.openDevices();
			this.hold(admitted, media);
		});
	}

	/** Enters the room anew, after the media node has refused it. */
	rejoin(): Promise<boolean> {
		return this.#command(async () => {
			const { session, media } = this;
			if (!session || !media) return;
			const admitted = await admit(this.app.hub, session.id);
			const fresh = this.newMedia(() => session.id, media.mutedKinds);
			fresh.openDevices();
			this.hold(admitted, fresh);
		});
	}

	/** Calls the counter that called in vain. */
	callBack = (missed: SessionView): Promise<boolean> =>
		this.request({ caseId: missed.caseId, purpose: missed.purpose, note: '', callsBack: missed.id });

	/** Once more about the same case. */
	callAgain = (ended: SessionView): Promise<boolean> =>
		this.request({ caseId: ended.caseId, purpose: ended.purpose, note: ended.note, callsBack: null });

	#end(
		send: (command: { commandId: string; sessionId: string }) => Promise<{ session: SessionView }>,
	): Promise<boolean> {
		return this.#command(async () => {
			const sessionId = this.session?.id;
			if (sessionId === undefined) return;
			this.changed((await send({ commandId: newId(), sessionId })).session);
		});
	}

	/** Somebody has read why the last command was refused. */
	dropProblem(): void {
		this.problem = null;
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

	async #connected(): Promise<void> {
		try {
			const memory = callMemory.get();
			if (this.live && this.session) await this.#renew(this.session.id);
			else if (memory && !this.busy && !this.#returning) await this.#return(memory);
			const mine = await this.app.hub.request('session:mine', {});
			this.ringing.truth(mine.ringing, mine.admissions);
			if (this.phase.kind === 'held' || this.phase.kind === 'idle') {
				const { active, activeElsewhere } = mine;
				this.enter(active ? { kind: 'held', session: active, elsewhere: activeElsewhere } : { kind: 'idle' });
			}
			this.settled = true;
		} catch {
			// Lost again meanwhile: the next connection asks anew.
		}
	}

	/** After a reload: the same call, by itself. */
	async #return({ sessionId, muted }: NonNullable<ReturnType<typeof callMemory.get>>): Promise<void> {
		const media = this.newMedia(() => sessionId, muted);
		media.openDevices();
		this.#returning = true;
		try {
			this.hold(await admitPatiently(this.app.hub, sessionId), media);
		} catch (error) {
			media.close();
			const problem = ApiProblem.from(error);
			// What passes leaves the memory for the next connection.
			if (isPassing(problem.problem)) return;
			callMemory.clear();
			if (problem.is('CALL-5003')) await this.look(sessionId);
		} finally {
			this.#returning = false;
		}
	}

	/** After a reconnect: tells the hub that this page holds the call, and learns what happened meanwhile. */
	async #renew(sessionId: string): Promise<void> {
		try {
			this.changed((await admit(this.app.hub, sessionId)).session);
		} catch (error) {
			const problem = ApiProblem.from(error);
			if (problem.is('CALL-5007')) this.takenOver(sessionId, '');
			else if (problem.is('CALL-5003')) await this.look(sessionId);
		}
	}
}

export const [getCall, setCall] = createContext<CallController>();
