import { newId } from '@counter-hub/shared/ids/ids.ts';
import { randomPause, type Random } from '../faults/random.ts';
import { ask, ProblemError } from '../platform/TestClient.ts';
import { openCase } from '../sessions/newCounters.ts';
import type { Desk } from './Desk.ts';

const RING_POLLED_MS = 100;
/** A case has seen so many calls; then the next one is opened. */
const CALLS_PER_CASE = 10;

/** A clerk and an approver who call each other again and again, whatever happens to their pages. */
export class Pair {
	readonly #clerk: Desk;
	readonly #approver: Desk;
	readonly #random: Random;
	#caseId = '';
	calls = 0;
	/** Attempts that something in their way ended: how often, by what. */
	readonly hindered = new Map<string, number>();

	constructor(clerk: Desk, approver: Desk, random: Random) {
		this.#clerk = clerk;
		this.#approver = approver;
		this.#random = random;
	}

	async workUntil(end: number): Promise<void> {
		while (performance.now() < end) {
			try {
				await this.#call();
			} catch (error) {
				const why = error instanceof ProblemError ? error.code : String(error).slice(0, 60);
				this.hindered.set(why, (this.hindered.get(why) ?? 0) + 1);
				await this.#endLeftCall().catch(() => undefined);
				await randomPause(this.#random, 200, 800);
			}
			await randomPause(this.#random, 50, 300);
		}
	}

	close(): void {
		for (const desk of [this.#clerk, this.#approver]) {
			if (this.#random.next() < 0.5) desk.vanish();
			else desk.close();
		}
	}

	/** Nobody could call these two before the product's own grace for calls that were left is over. */
	async #endLeftCall(): Promise<void> {
		const line = await this.#clerk.line();
		const { active } = await ask(line, 'session:mine', {});
		if (active) await ask(line, 'session:hangUp', { commandId: newId(), sessionId: active.id });
	}

	async #call(): Promise<void> {
		if (this.calls++ % CALLS_PER_CASE === 0) this.#caseId = await openCase(this.#clerk.client);
		const caseId = this.#caseId;
		await this.#approver.line();
		await this.#clerk.watch(caseId);
		const { session, admission } = await ask(await this.#clerk.line(), 'session:request', {
			commandId: newId(),
			caseId,
			purpose: 'guidance',
			note: '',
			callsBack: null,
		});
		const sessionId = session.id;
		await this.#clerk.enter(admission);
		if (this.#random.next() < 0.15) {
			await ask(await this.#clerk.line(), 'session:cancel', { commandId: newId(), sessionId });
		} else {
			await randomPause(this.#random, RING_POLLED_MS, 2 * RING_POLLED_MS);
			await this.#talk(sessionId, caseId);
		}
		this.#clerk.leave();
		this.#approver.leave();
		await ask(await this.#clerk.line(), 'case:unwatch', { caseId });
	}

	async #talk(sessionId: string, caseId: string): Promise<void> {
		const answered = await ask(await this.#approver.line(), 'session:answer', {
			commandId: newId(),
			sessionId,
		});
		await this.#approver.watch(caseId);
		await this.#approver.enter(answered.admission);
		await this.#clerk.take();
		await randomPause(this.#random, 200, 2_000);
		await this.#random.pick([this.#clerk, this.#approver]).mishap(sessionId);
		await randomPause(this.#random, 100, 1_000);
		const ends = this.#random.pick([this.#clerk, this.#approver]);
		await ask(await ends.line(), 'session:hangUp', { commandId: newId(), sessionId });
		await ask(await this.#approver.line(), 'case:unwatch', { caseId });
	}
}
