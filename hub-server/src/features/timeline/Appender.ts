import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { APPEND_BATCH_MAX, APPEND_DEADLINE, APPEND_QUEUE_MAX, APPEND_RETRY_PAUSE } from '../../limits.ts';
import type { Logger } from '../../platform/logger.ts';
import { isMongoUnavailable } from '../../platform/mongo.ts';
import type { EventStore } from './EventStore.ts';
import { digestOf } from './hashChain.ts';
import { sealEvents, timeAfter } from './sealEvents.ts';
import { advance, readKey, type Snapshot, type Snapshots } from './Snapshots.ts';
import { stateName } from './ProjectionStore.ts';
import type { Appended, TimelineCommand, TimelineEvent, TimelineView } from './types.ts';

/** A command on its way into the timeline. */
interface Waiting {
	readonly command: TimelineCommand;
	readonly digest: string | undefined;
	readonly deadline: number;
	/** Hashes of the first events under which it was sent to the database; tells our own success from a repeat. */
	readonly sent: Set<string>;
	failures: number;
	readonly resolve: (appended: Appended) => void;
	readonly reject: (error: unknown) => void;
}
/** A command whose events are about to be appended. */
interface Line {
	readonly waiting: Waiting;
	readonly events: readonly TimelineEvent[];
	readonly after: Snapshot;
}
/** A command that was refused, or had nothing to do, at `seq`. */
interface Refused {
	readonly waiting: Waiting;
	readonly seq: number;
	readonly error: unknown;
}

export interface AppenderFigures {
	batch(events: number): void;
	collision(): void;
}

/**
 * The only writer of timelines. Commands that arrive while a batch is on its way form the next one: one ordered insert
 * in flight, no timer. Every command of a batch is decided and chained on those before it; what the database refuses
 * is decided anew on what is really there.
 */
export class Appender {
	readonly #store: EventStore;
	readonly #snapshots: Snapshots;
	readonly #now: () => number;
	readonly #logger: Logger;
	readonly #figures: AppenderFigures;
	readonly #appended: (events: readonly TimelineEvent[]) => void;
	#queue: Waiting[] = [];
	#unsettled = 0;
	#running: Promise<void> | undefined;
	#retryPause: number = APPEND_RETRY_PAUSE.first;

	constructor(parts: {
		store: EventStore;
		snapshots: Snapshots;
		now: () => number;
		logger: Logger;
		figures: AppenderFigures;
		/** Told of acknowledged events, in order. Must not throw. */
		appended: (events: readonly TimelineEvent[]) => void;
	}) {
		this.#store = parts.store;
		this.#snapshots = parts.snapshots;
		this.#now = parts.now;
		this.#logger = parts.logger;
		this.#figures = parts.figures;
		this.#appended = parts.appended;
	}

	/** Commands without an outcome yet. */
	get unsettled(): number {
		return this.#unsettled;
	}

	/** Resolves once the events are acknowledged by the majority's journals. */
	append(command: TimelineCommand): Promise<Appended> {
		if (this.#unsettled >= APPEND_QUEUE_MAX) return Promise.reject(new AppError('queueFull'));
		const { promise, resolve, reject } = Promise.withResolvers<Appended>();
		this.#unsettled++;
		this.#queue.push({
			command,
			digest: command.content === undefined ? undefined : digestOf(command.content),
			deadline: Date.now() + APPEND_DEADLINE,
			sent: new Set(),
			failures: 0,
			resolve: (appended) => {
				this.#unsettled--;
				resolve(appended);
			},
			reject: (error) => {
				this.#unsettled--;
				reject(error);
			},
		});
		this.#start();
		return promise;
	}

	/** Returns when nothing waits any more. */
	async idle(): Promise<void> {
		while (this.#unsettled > 0 || this.#running) {
			await (this.#running ?? pause(1));
		}
	}

	#start(): void {
		this.#running ??= this.#run().finally(() => {
			this.#running = undefined;
			if (this.#queue.length > 0) this.#start();
		});
	}

	async #run(): Promise<void> {
		while (this.#queue.length > 0) {
			// Whoever was just answered gets the chance to send the next command into this batch.
			await nextTurn();
			const taken = this.#queue.splice(0, APPEND_BATCH_MAX);
			try {
				await this.#round(taken.filter((waiting) => this.#isInTime(waiting)));
			} catch (error) {
				// Only a fault in our own code comes here; nobody may be left without an answer.
				this.#logger.error({ err: error }, 'a round of appending failed');
				for (const waiting of taken) waiting.reject(error);
			}
		}
	}

	#isInTime(waiting: Waiting): boolean {
		if (Date.now() <= waiting.deadline) return true;
		waiting.reject(new AppError('databaseUnavailable'));
		return false;
	}

	async #round(taken: readonly Waiting[]): Promise<void> {
		const ready = await this.#load(taken);
		const working = new Map<string, Snapshot>();
		const lines: Line[] = [];
		const refused: Refused[] = [];
		for (const waiting of ready) this.#decide(waiting, working, lines, refused);
		const proved = lines.length > 0 ? await this.#write(lines) : new Set<string>();
		for (const one of refused) void this.#settleRefused(one, proved.has(one.waiting.command.subject));
	}

	/** Loads what is not in memory; returns the commands that can be decided now. */
	async #load(taken: readonly Waiting[]): Promise<readonly Waiting[]> {
		const missing = taken.filter(({ command }) => !this.#snapshots.get(command.subject, command.reads ?? []));
		if (missing.length === 0) return taken;
		const bySubject = Map.groupBy(missing, ({ command }) => command.subject);
		const failed = new Map<string, unknown>();
		await Promise.all(
			[...bySubject].map(async ([subject, group]) => {
				try {
					const reads = group.flatMap(({ command }) => command.reads ?? []);
					await this.#snapshots.load(subject, reads);
				} catch (error) {
					failed.set(subject, error);
				}
			}),
		);
		if (failed.size === 0) return taken;
		const again: Waiting[] = [];
		for (const waiting of missing) {
			const error = failed.get(waiting.command.subject);
			if (error === undefined) continue;
			if (isMongoUnavailable(error)) again.push(waiting);
			else waiting.reject(error);
		}
		if (again.length > 0) await this.#waitForDatabase(again);
		return taken.filter(({ command }) => !failed.has(command.subject));
	}

	#decide(waiting: Waiting, working: Map<string, Snapshot>, lines: Line[], refused: Refused[]): void {
		const { command } = waiting;
		const { subject, commandId } = command;
		const before = working.get(subject) ?? this.#snapshots.get(subject, []);
		if (
			!before ||
			!(command.reads ?? []).every((read) => before.states.has(stateName(...readKey(subject, read))))
		) {
			// Fell out of memory between loading and deciding.
			this.#queue.push(waiting);
			return;
		}
		const at = timeAfter(before.head, this.#now());
		try {
			const drafts = command.decide(viewOf(command, before, at));
			if (drafts.length === 0) {
				refused.push({ waiting, seq: before.head?.seq ?? 0, error: undefined });
				return;
			}
			const events = sealEvents(subject, before.head, commandId, drafts, at, { digest: waiting.digest });
			const after = events.reduce(advance, before);
			working.set(subject, after);
			lines.push({ waiting, events, after });
		} catch (error) {
			refused.push({ waiting, seq: before.head?.seq ?? 0, error: error ?? new AppError('internal') });
		}
	}

	/** Returns the subjects for which the database proved that what was decided on was the truth. */
	async #write(lines: readonly Line[]): Promise<Set<string>> {
		const events = lines.flatMap((line) => line.events);
		for (const line of lines) if (line.events[0]) line.waiting.sent.add(line.events[0].hash);
		this.#figures.batch(events.length);
		const outcome = await this.#store.insert(events);
		if (outcome.kind === 'all') return this.#acknowledge(lines);
		if (outcome.kind === 'unknown' || (!outcome.duplicate && isMongoUnavailable(outcome.error))) {
			await this.#resolveUnknown(lines, outcome.error);
			return new Set();
		}
		this.#figures.collision();
		let left = outcome.index;
		const stopped = lines.findIndex((line) => (left -= line.events.length) < 0);
		const proved = this.#acknowledge(lines.slice(0, stopped));
		const untried = lines.slice(stopped + 1).map(({ waiting }) => waiting);
		const culprit = lines[stopped];
		if (!culprit) throw outcome.error;
		const { subject } = culprit.waiting.command;
		this.#snapshots.forget(subject);
		// What was refused on the strength of a line that did not go in is not proved.
		for (const { waiting } of lines.slice(stopped)) proved.delete(waiting.command.subject);
		const again = outcome.duplicate ? await this.#settleCollision(culprit.waiting) : [];
		if (!outcome.duplicate) culprit.waiting.reject(outcome.error);
		this.#queue.unshift(...again, ...untried);
		return proved;
	}

	#acknowledge(lines: readonly Line[]): Set<string> {
		this.#retryPause = APPEND_RETRY_PAUSE.first;
		if (lines.length === 0) return new Set();
		for (const { waiting, events, after } of lines) {
			this.#snapshots.set(waiting.command.subject, after);
			waiting.resolve({ events, repeated: false });
		}
		this.#appended(lines.flatMap(({ events }) => events));
		return new Set(lines.map(({ waiting }) => waiting.command.subject));
	}

	/** Somebody else took the place, or the command is a repeat. Returns it if it must be decided anew. */
	async #settleCollision(waiting: Waiting): Promise<Waiting[]> {
		try {
			// Loading completes a command that was left half-way, so that all its events are found.
			await this.#snapshots.load(waiting.command.subject, waiting.command.reads ?? []);
			if (await this.#settleIfDone(waiting)) return [];
			waiting.failures++;
			if (waiting.failures > 1) await pause(Math.random() * Math.min(50, 2 * waiting.failures));
		} catch (error) {
			if (!isMongoUnavailable(error)) {
				waiting.reject(error);
				return [];
			}
			await pause(this.#nextPause());
		}
		return [waiting];
	}

	/** Nobody knows what went in: ask until the database answers, then carry out what did not. */
	async #resolveUnknown(lines: readonly Line[], cause: unknown): Promise<void> {
		this.#logger.warn(
			{ err: cause, commands: lines.length },
			'outcome of an append unknown; asking the database',
		);
		for (const { waiting } of lines) this.#snapshots.forget(waiting.command.subject);
		let open = lines.map(({ waiting }) => waiting);
		if (!isMongoUnavailable(cause)) open = open.filter((waiting) => this.#isWorthAnotherTry(waiting, cause));
		while (open.length > 0) {
			try {
				const done = await this.#store.ofCommands(open.map(({ command }) => command));
				const isDone = ({ command }: Waiting) => done.has(`${command.subject} ${command.commandId}`);
				for (const waiting of open.filter(isDone)) {
					await this.#snapshots.load(waiting.command.subject, waiting.command.reads ?? []);
					await this.#settleIfDone(waiting);
					open = open.filter((other) => other !== waiting);
				}
				this.#queue.unshift(...open);
				return;
			} catch (error) {
				this.#logger.warn({ err: error }, 'database does not answer; asking again');
				await pause(this.#nextPause());
				open = open.filter((waiting) => this.#isInTime(waiting));
			}
		}
	}

	/** An error that is not the database's: the command itself may be unfit. Three tries, then it is refused. */
	#isWorthAnotherTry(waiting: Waiting, cause: unknown): boolean {
		if (++waiting.failures < 3) return true;
		waiting.reject(cause);
		return false;
	}

	/** True if the command's events are in the timeline; its caller is then answered. */
	async #settleIfDone(waiting: Waiting): Promise<boolean> {
		const { subject, commandId } = waiting.command;
		const events = await this.#store.ofCommand(subject, commandId);
		const [first] = events;
		if (!first) return false;
		const isOurs = waiting.sent.has(first.hash);
		if (isOurs) this.#appended(events);
		if (!isOurs && first.digest !== waiting.digest) waiting.reject(new AppError('commandReused'));
		else waiting.resolve({ events, repeated: !isOurs });
		return true;
	}

	/**
	 * A refusal counts only if it was decided on the truth: proved by an append of the same batch, or by looking again.
	 * And a command that was carried out before is a repeat, whatever its decision says now.
	 */
	async #settleRefused({ waiting, seq, error }: Refused, isProved: boolean): Promise<void> {
		const { subject } = waiting.command;
		try {
			if (await this.#settleIfDone(waiting)) return;
			const head = isProved ? undefined : await this.#store.head(subject);
			if (isProved || ((head?.seq ?? 0) === seq && !head?.rest)) {
				if (error === undefined) waiting.resolve({ events: [], repeated: false });
				else waiting.reject(error);
				return;
			}
			this.#snapshots.forget(subject);
		} catch (lookupError) {
			if (!isMongoUnavailable(lookupError)) {
				waiting.reject(lookupError);
				return;
			}
			await pause(this.#nextPause());
		}
		this.#queue.push(waiting);
		this.#start();
	}

	async #waitForDatabase(again: readonly Waiting[]): Promise<void> {
		await pause(this.#nextPause());
		this.#queue.unshift(...again);
	}

	#nextPause(): number {
		const now = this.#retryPause;
		this.#retryPause = Math.min(now * 2, APPEND_RETRY_PAUSE.most);
		return now;
	}
}

function viewOf(command: TimelineCommand, { head, states }: Snapshot, now: Date): TimelineView {
	const { subject } = command;
	return {
		subject,
		seq: head?.seq ?? 0,
		now,
		state(projection, key) {
			const folded = states.get(
				stateName(...readKey(subject, key === undefined ? projection : [projection, key])),
			);
			if (!folded) throw new Error(`the command does not say that it reads ${projection.name}`);
			return folded.state as never;
		},
	};
}
