import { setTimeout as sleep } from 'node:timers/promises';
import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import { reviewView } from '@counter-hub/shared/reviews/reviews.ts';
import type { Processes } from '../platform/processes.ts';
import { ask } from '../platform/TestClient.ts';
import { HANGZHOU, SONGJIANG } from '../sessions/newCounters.ts';
import { Random, randomPause } from './random.ts';
import { Seat } from './Seat.ts';
import { Writer, type Outcome } from './Writer.ts';

/** Only ends what hangs, however busy the machine is. */
const STANDSTILL_MS = 90_000;

/**
 * Sixteen people at work at once on the same few cases: eight clerks of 松江 open cases, write notes and call, eight
 * approvers of 杭州 answer, decline or ignore, write notes, review materials, conclude and hang up; some leave a call as
 * it is. Clerks in a call count papers and take stills. Who is in a call sits in its room, and comes back to it when the
 * line to the node breaks.
 */
export class Storm {
	/** Every command that was answered, in the order of the answers. */
	readonly outcomes: Outcome[] = [];
	readonly cases: string[] = [];
	readonly seats: Seat[] = [];
	readonly #writers: Writer[];
	#running: Promise<unknown>[] = [];
	#isOver = false;

	private constructor(writers: Writer[]) {
		this.#writers = writers;
	}

	/** Signs everybody in, spread over the hubs, and lets them work. */
	static async start(processes: Processes, seed: number): Promise<Storm> {
		const storm = new Storm([]);
		for (let i = 0; i < 16; i++) {
			const isClerk = i < 8;
			const hub = processes.hubs[i % processes.hubs.length] ?? processes.hub;
			const { id, name, password } = await processes.registry.addStaff(
				isClerk ? { role: 'clerk', city: SONGJIANG } : { role: 'approver', city: HANGZHOU },
			);
			const client = processes.client(hub);
			await client.signIn(name, password);
			const random = new Random(seed + i * 7919);
			const { cases, outcomes } = storm;
			storm.#writers.push(new Writer({ staffId: id, name, client, random, cases, outcomes }));
		}
		storm.#running = storm.#writers.map((writer, i) => storm.#work(writer, i < 8));
		return storm;
	}

	/** Resolves when so many more commands have been carried out; throws if the work stands still. */
	async progress(count: number): Promise<void> {
		const done = () => this.outcomes.filter(({ refused }) => refused === undefined).length;
		const goal = done() + count;
		for (let at = done(), since = Date.now(); at < goal;) {
			await sleep(5);
			if (done() > at) [at, since] = [done(), Date.now()];
			else if (Date.now() - since > STANDSTILL_MS) throw new Error(this.#whereTheyAre());
		}
	}

	/** Lets everybody finish the command in hand, and go home. */
	async stop(): Promise<void> {
		await this.rest();
		await this.close();
	}

	/** Lets everybody finish the command in hand; throws if somebody never does. Who is in a call stays in its room. */
	async rest(): Promise<void> {
		this.#isOver = true;
		await this.#unlessStuck(this.#running);
	}

	/** Everybody leaves the rooms and closes the page. */
	async close(): Promise<void> {
		await this.#unlessStuck(this.seats.map((seat) => seat.leave()));
		for (const writer of this.#writers) writer.close();
	}

	async #unlessStuck(doings: readonly Promise<unknown>[]): Promise<void> {
		const never = new Promise<never>((_, reject) => {
			AbortSignal.timeout(STANDSTILL_MS).addEventListener('abort', () => {
				reject(new Error(this.#whereTheyAre()));
			});
		});
		await Promise.race([Promise.all(doings), never]);
	}

	#whereTheyAre(): string {
		const last = this.outcomes.slice(-5).map((outcome) => JSON.stringify(outcome));
		const doing = this.#writers.map(({ name, doing, lastError }) => `${name}: ${doing} (${lastError})`);
		return ['nobody gets on', ...doing, 'last answers', ...last].join('\n');
	}

	async #work(writer: Writer, isClerk: boolean): Promise<void> {
		const { random } = writer;
		while (!this.#isOver) {
			if (this.cases.length < 6 || (isClerk && random.next() < 0.05)) await this.#openOrWait(writer, isClerk);
			else if (random.next() < 0.6) await writer.noteOn(random.pick(this.cases));
			else if (isClerk) await this.#call(writer);
			else await this.#takeCall(writer);
			if (random.next() < 0.05) this.#seatOf(writer)?.break();
			await randomPause(random, 5, 60);
		}
	}

	#seatOf({ staffId }: Writer): Seat | undefined {
		return this.seats.findLast((seat) => seat.staffId === staffId);
	}

	async #openOrWait(writer: Writer, isClerk: boolean): Promise<void> {
		if (isClerk) await writer.openCase();
		else await randomPause(writer.random, 20, 60);
	}

	async #call(writer: Writer): Promise<void> {
		const { random } = writer;
		const caseId = random.pick(this.cases);
		const asked = { caseId, purpose: 'guidance' as const, note: '', callsBack: null };
		const requested = await writer.command('session:request', caseId, asked);
		if (!requested) return;
		const sessionId = requested.session.id;
		this.#sit(writer, sessionId, requested.admission);
		await randomPause(random, 100, 900);
		if (random.next() < 0.6) await this.#layPapers(writer);
		if (random.next() < 0.2) await writer.command('session:cancel', caseId, { sessionId });
		else if (random.next() < 0.3) await writer.command('session:hangUp', caseId, { sessionId });
	}

	/** In an answered call: counts the papers of the first material, and takes a still of it. */
	async #layPapers(writer: Writer): Promise<void> {
		const { active } = await writer.mine();
		if (!active?.callee) return;
		const { id: sessionId, caseId } = active;
		const count = { materialNo: 1, originals: writer.random.between(0, 2), copies: 1 };
		await writer.command('review:count', caseId, { caseId, sessionId, count });
		await writer.takeStill(caseId, sessionId);
	}

	/** Says of one material or two what is to be said of them. */
	async #review(writer: Writer, sessionId: string, caseId: string): Promise<void> {
		const { random } = writer;
		await writer.command('review:call', caseId, { caseId, sessionId, materialNo: 1 });
		const verdict = random.pick(['pass', 'fix', null] as const);
		const reasons = verdict === 'fix' ? [`第 ${random.between(1, 90)} 页未签字`] : [];
		const mark = { materialNo: 1, verdict, needed: null, neededWhy: '', reasons, bring: '' };
		const read = await writer.insist('readReview', () => writer.client.get(`/cases/${caseId}/review`));
		const { round } = reviewView.parse(read.data).state;
		await writer.command('review:mark', caseId, { caseId, sessionId, round, mark });
	}

	async #takeCall(writer: Writer): Promise<void> {
		const { random } = writer;
		const { ringing, active } = await writer.mine();
		const [rung] = ringing;
		if (active) {
			if (random.next() < 0.7) await this.#review(writer, active.id, active.caseId);
			await this.#endCall(writer, active.id, active.caseId);
		} else if (rung) await this.#answerOrNot(writer, rung.id, rung.caseId);
		await randomPause(random, 20, 60);
	}

	async #answerOrNot(writer: Writer, sessionId: string, caseId: string): Promise<void> {
		const chance = writer.random.next();
		if (chance < 0.15) {
			await writer.command('session:decline', caseId, { sessionId, reason: 'busy', note: '' });
		} else if (chance < 0.7) {
			const answered = await writer.command('session:answer', caseId, { sessionId });
			if (answered) this.#sit(writer, sessionId, answered.admission);
		}
	}

	/** Into the room; out of it when the node says that it is closed, or at the end of the storm. */
	#sit(writer: Writer, sessionId: string, admission: MediaAdmission): void {
		const admit = async () => {
			const asked = { sessionId, takeOver: true };
			const { data } = await writer.insist('session:admit', async () =>
				ask(await writer.socket(), 'session:admit', asked),
			);
			return data?.admission;
		};
		this.seats.push(new Seat({ sessionId, staffId: writer.staffId, admission, admit }));
	}

	async #endCall(writer: Writer, sessionId: string, caseId: string): Promise<void> {
		const { random } = writer;
		const chance = random.next();
		if (chance < 0.4) {
			const conclusion = random.pick(['pass', 'correction', 'rejectionAdvised', 'contactLater'] as const);
			const note = random.pick(['', '请按要求补交']);
			await writer.command('session:conclude', caseId, { sessionId, conclusion, note });
		} else if (chance < 0.6) {
			await writer.command('session:hangUp', caseId, { sessionId });
		}
	}
}
