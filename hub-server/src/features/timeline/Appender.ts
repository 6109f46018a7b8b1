import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { APPEND_BATCH_MAX, APPEND_QUEUE_MAX } from '../../limits.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import { isMongoUnavailable } from '../../platform/mongo.ts';
import type { EventStore } from './EventStore.ts';
import { fitDrafts } from './fitDrafts.ts';
import { digestOf } from './hashChain.ts';
import { stateName } from './ProjectionStore.ts';
import { sealEvents, timeAfter } from './sealEvents.ts';
import { isInTime, Settlement, type Refused, type Waiting } from './Settlement.ts';
import { advance, hasReads, readKey, type Snapshot, type Snapshots } from './Snapshots.ts';
import type { Appended, TimelineCommand, TimelineEvent, TimelineView } from './types.ts';

/** A command whose events are about to be appended. */
interface Line {
	readonly waiting: Waiting;
	readonly events: readonly TimelineEvent[];
	readonly after: Snapshot;
}

export interface AppenderParts {
	store: EventStore;
	snapshots: Snapshots;
	now: () => number;
	/** How long a command may wait while the database is away, in ms. */
	deadline: number;
	logger: Logger;
	/** Told of acknowledged events, in order. Must not throw. */
	appended: (events: readonly TimelineEvent[]) => void;
	figures: {
		batch(events: number): void;
		collision(): void;
	};
}

const OVERDUE_LOOK_MS = 1_000;
/** The parts of a command are `<commandId>+n`; what sorts up to there is not for command ids. */
const RESERVED = /[ -,]/;

/**
 * The only writer of timelines. Commands that arrive while a batch is on its way form the next one: one ordered insert
 * in flight, no timer. Every command of a batch is decided and chained on those before it; what the database refuses
 * is decided anew on what is really there.
 */
export class Appender {
	readonly #parts: AppenderParts;
	readonly #settlement: Settlement;
	readonly #queue: Waiting[] = [];
	/** Commands without an outcome yet, the oldest first. */
	readonly #unsettled = new Set<Waiting>();
	#watch: NodeJS.Timeout | undefined;
	#running: Promise<void> | undefined;

	constructor(parts: AppenderParts) {
		this.#parts = parts;
		this.#settlement = new Settlement(parts.store, parts.snapshots, parts.logger, parts.appended);
	}

	/** Commands without an outcome yet. */
	get unsettled(): number {
		return this.#unsettled.size;
	}

	/** Resolves once the events are acknowledged by the majority's journals. */
	async append(command: TimelineCommand): Promise<Appended> {
		// First, as it throws for what has no canonical form: a command that is counted must be answered.
		const digest = command.content === undefined ? undefined : digestOf(command.content);
		if (RESERVED.test(command.commandId)) return Promise.reject(new AppError('invalidInput'));
		if (this.#unsettled.size >= APPEND_QUEUE_MAX) throw new AppError('queueFull');
		const { promise, resolve, reject } = Promise.withResolvers<Appended>();
		const waiting: Waiting = {
			command,
			digest,
			deadline: Date.now() + this.#parts.deadline,
			uncertain: new Set(),
			collisions: 0,
			failures: 0,
			resolve: (appended) => {
				this.#unsettled.delete(waiting);
				resolve(appended);
			},
			reject: (error) => {
				this.#unsettled.delete(waiting);
				reject(error);
			},
		};
		this.#unsettled.add(waiting);
		this.#queue.push(waiting);
		this.#watch ??= setInterval(() => this.#tellOverdue(), OVERDUE_LOOK_MS);
		this.#start();
		return promise;
	}

	/** Returns when nothing waits any more. */
	async idle(): Promise<void> {
		while (this.#unsettled.size > 0 || this.#running) await (this.#running ?? pause(1));
	}

	/** Also where the database took a command and does not answer: the sender repeats it, and is told what came of it. */
	#tellOverdue(): void {
		for (const waiting of this.#unsettled) if (isInTime(waiting)) break;
		if (this.#unsettled.size > 0) return;
		clearInterval(this.#watch);
		this.#watch = undefined;
	}

	#start(): void {
		if (this.#queue.length === 0) return;
		this.#running ??= this.#run().finally(() => {
			this.#running = undefined;
			this.#start();
		});
	}

	async #run(): Promise<void> {
		while (this.#queue.length > 0) {
			// Whoever was just answered gets the chance to send the next command into this batch.
			await nextTurn();
			const isSuspect = (this.#queue[0]?.failures ?? 0) > 0;
			const taken = this.#queue.splice(0, isSuspect ? 1 : APPEND_BATCH_MAX);
			try {
				await this.#round(taken.filter(isInTime));
			} catch (error) {
				// Only a fault in our own code comes here; nobody may be left without an answer.
				this.#parts.logger.error({ err: error }, 'a round of appending failed');
				for (const waiting of taken) waiting.reject(error);
			}
		}
	}

	async #round(taken: readonly Waiting[]): Promise<void> {
		const working = new Map<string, Snapshot>();
		const lines: Line[] = [];
		const refused: Refused[] = [];
		for (const waiting of await this.#load(taken)) this.#decide(waiting, working, lines, refused);
		const proved = lines.length > 0 ? await this.#write(lines) : new Set<string>();
		for (const one of refused) {
			void this.#settlement.refusal(one, proved.has(one.waiting.command.subject)).then((again) => {
				this.#queue.push(...again);
				this.#start();
			});
		}
	}

	/** Loads what is not in memory; returns the commands that can be decided now. */
	async #load(taken: readonly Waiting[]): Promise<readonly Waiting[]> {
		const { snapshots } = this.#parts;
		const missing = taken.filter(({ command }) => !snapshots.get(command.subject, command.reads));
		if (missing.length === 0) return taken;
		const failed = new Map<string, unknown>();
		await Promise.all(
			[...Map.groupBy(missing, ({ command }) => command.subject)].map(async ([subject, group]) => {
				try {
					await snapshots.load(
						subject,
						group.flatMap(({ command }) => command.reads ?? []),
					);
				} catch (error) {
					failed.set(subject, error);
				}
			}),
		);
		if (failed.size === 0) return taken;
		const left = taken.filter(({ command }) => failed.has(command.subject));
		for (const waiting of left) {
			const error = failed.get(waiting.command.subject);
			if (!isMongoUnavailable(error)) waiting.reject(error);
		}
		const again = left.filter(({ command }) => isMongoUnavailable(failed.get(command.subject)));
		if (again.length > 0) await this.#settlement.breathe();
		this.#queue.unshift(...again);
		return taken.filter((waiting) => !left.includes(waiting));
	}

	#decide(waiting: Waiting, working: Map<string, Snapshot>, lines: Line[], refused: Refused[]): void {
		const { command } = waiting;
		const { subject, commandId } = command;
		const before = working.get(subject) ?? this.#parts.snapshots.get(subject);
		if (!before || !hasReads(before, subject, command.reads)) {
			// Fell out of memory between loading and deciding.
			this.#queue.push(waiting);
			return;
		}
		const at = timeAfter(before.head, this.#parts.now());
		const seq = before.head?.seq ?? 0;
		const on = viewOf(command, before, at);
		try {
			const drafts = fitDrafts(command.decide(on));
			if (drafts.length === 0) {
				refused.push({ waiting, seq, on, error: undefined });
				return;
			}
			const events = sealEvents(subject, before.head, commandId, drafts, at, { digest: waiting.digest });
			const after = events.reduce(advance, before);
			working.set(subject, after);
			lines.push({ waiting, events, after });
		} catch (error) {
			refused.push({ waiting, seq, on, error: error ?? new AppError('internal') });
		}
	}

	/** Returns the subjects for which the database proved that what was decided on was the truth. */
	async #write(lines: readonly Line[]): Promise<Set<string>> {
		const { store, snapshots, figures } = this.#parts;
		const events = lines.flatMap((line) => line.events);
		figures.batch(events.length);
		const outcome = await store.insert(events);
		if (outcome.kind === 'all') return this.#acknowledge(lines);
		if (outcome.kind === 'unknown' || (!outcome.duplicate && isMongoUnavailable(outcome.error))) {
			const sent = lines.map((line) => ({ waiting: line.waiting, hash: line.events[0]?.hash ?? '' }));
			this.#queue.unshift(...(await this.#settlement.unknown(sent, outcome.error)));
			return new Set();
		}
		figures.collision();
		let left = outcome.index;
		const stopped = lines.findIndex((line) => (left -= line.events.length) < 0);
		const proved = this.#acknowledge(lines.slice(0, stopped));
		const [culprit, ...untried] = lines.slice(stopped).map(({ waiting }) => waiting);
		if (!culprit) throw outcome.error;
		snapshots.forget(culprit.command.subject);
		// What was refused on the strength of a line that did not go in is not proved.
		for (const { command } of [culprit, ...untried]) proved.delete(command.subject);
		if (!outcome.duplicate) culprit.reject(outcome.error);
		const again = outcome.duplicate ? await this.#settlement.collision(culprit) : [];
		this.#queue.unshift(...again, ...untried);
		return proved;
	}

	#acknowledge(lines: readonly Line[]): Set<string> {
		this.#settlement.recovered();
		for (const { waiting, events, after } of lines) {
			this.#parts.snapshots.set(waiting.command.subject, after);
			const { command } = waiting;
			const { at } = events[0] ?? {};
			waiting.resolve({
				events,
				repeated: false,
				...(command.reads && at && { after: viewOf(command, after, at) }),
			});
		}
		if (lines.length > 0) this.#parts.appended(lines.flatMap(({ events }) => events));
		return new Set(lines.map(({ waiting }) => waiting.command.subject));
	}
}

function viewOf(command: TimelineCommand, { head, states }: Snapshot, now: Date): TimelineView {
	const { subject } = command;
	return {
		subject,
		seq: head?.seq ?? 0,
		now,
		state(projection, key) {
			const read = key === undefined ? projection : ([projection, key] as const);
			const folded = states.get(stateName(...readKey(subject, read)));
			if (!folded) throw new Error(`the command does not say that it reads ${projection.name}`);
			return folded.state as never;
		},
	};
}
