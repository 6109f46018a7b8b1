import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { APPEND_RETRY_PAUSE } from '../../limits.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import { isMongoUnavailable } from '../../platform/mongo.ts';
import type { EventStore } from './EventStore.ts';
import type { Snapshots } from './Snapshots.ts';
import type { Appended, TimelineCommand, TimelineEvent, TimelineView } from './types.ts';

/** A command on its way into the timeline. */
export interface Waiting {
	readonly command: TimelineCommand;
	readonly digest: string | undefined;
	readonly deadline: number;
	/** Hashes of its first event as sent in attempts whose outcome nobody knew; tells our own success from a repeat. */
	readonly uncertain: Set<string>;
	collisions: number;
	/** How often a batch with it failed for a reason that is not the database's; it then goes alone. */
	failures: number;
	readonly resolve: (appended: Appended) => void;
	readonly reject: (error: unknown) => void;
}

/** A command that was refused, or had nothing to do, at `seq`. */
export interface Refused {
	readonly waiting: Waiting;
	readonly seq: number;
	/** `undefined`: nothing to do. */
	readonly error: unknown;
	/** What it was decided on. */
	readonly on: TimelineView;
}

const FAILURES_MOST = 3;

/** True while a command may still wait; one whose time is up is told so. */
export function isInTime(waiting: Waiting): boolean {
	if (Date.now() <= waiting.deadline) return true;
	waiting.reject(new AppError('databaseUnavailable'));
	return false;
}

/**
 * Finds out what became of commands that were not simply acknowledged, and answers their callers. What it returns must
 * be decided anew.
 */
export class Settlement {
	readonly #store: EventStore;
	readonly #snapshots: Snapshots;
	readonly #logger: Logger;
	readonly #appended: (events: readonly TimelineEvent[]) => void;
	#retryPause: number = APPEND_RETRY_PAUSE.first;

	constructor(
		store: EventStore,
		snapshots: Snapshots,
		logger: Logger,
		appended: (events: readonly TimelineEvent[]) => void,
	) {
		this.#store = store;
		this.#snapshots = snapshots;
		this.#logger = logger;
		this.#appended = appended;
	}

	/** Somebody else took the place, or the command is a repeat. */
	async collision(waiting: Waiting): Promise<Waiting[]> {
		try {
			// Loading completes a command that was left half-way, so that all its events are found.
			await this.#snapshots.load(waiting.command.subject, waiting.command.reads ?? []);
			if (await this.#isDone(waiting)) return [];
			waiting.collisions++;
			if (waiting.collisions > 1) await pause(Math.random() * Math.min(50, 2 * waiting.collisions));
		} catch (error) {
			if (!isMongoUnavailable(error)) {
				waiting.reject(error);
				return [];
			}
			await this.breathe();
		}
		return [waiting];
	}

	/** Nobody knows what went in: asks until the database answers or the commands' time is up. */
	async unknown(lines: readonly { waiting: Waiting; hash: string }[], cause: unknown): Promise<Waiting[]> {
		this.#logger.warn(
			{ err: cause, commands: lines.length },
			'outcome of an append unknown; asking the database',
		);
		for (const { waiting, hash } of lines) {
			waiting.uncertain.add(hash);
			this.#snapshots.forget(waiting.command.subject);
		}
		let open = lines.map(({ waiting }) => waiting);
		if (!isMongoUnavailable(cause)) open = open.filter((waiting) => isWorthAnotherTry(waiting, cause));
		while (open.length > 0) {
			try {
				const done = await this.#store.ofCommands(open.map(({ command }) => command));
				for (const waiting of open) {
					const { subject, commandId, reads } = waiting.command;
					if (!done.has(`${subject} ${commandId}`)) continue;
					await this.#snapshots.load(subject, reads ?? []);
					if (await this.#isDone(waiting)) open = open.filter((other) => other !== waiting);
				}
				return open;
			} catch (error) {
				this.#logger.warn({ err: error }, 'the database does not answer; asking again');
				await this.breathe();
				open = open.filter(isInTime);
			}
		}
		return [];
	}

	/**
	 * A refusal counts only if it was decided on the truth: proved by an append of the same batch, or by looking again.
	 * And a command that was carried out before is a repeat, whatever its decision says now.
	 */
	async refusal({ waiting, seq, error, on }: Refused, isProved: boolean): Promise<Waiting[]> {
		const { subject } = waiting.command;
		try {
			if (await this.#isDone(waiting)) return [];
			const head = isProved ? undefined : await this.#store.head(subject);
			if (isProved || ((head?.seq ?? 0) === seq && !head?.rest)) {
				if (error === undefined)
					waiting.resolve({ events: [], repeated: false, ...(waiting.command.reads && { after: on }) });
				else waiting.reject(error);
				return [];
			}
			this.#snapshots.forget(subject);
		} catch (lookupError) {
			if (!isMongoUnavailable(lookupError)) {
				waiting.reject(lookupError);
				return [];
			}
			await this.breathe();
		}
		return [waiting];
	}

	/** Waits a little, longer each time, while the database is away. */
	async breathe(): Promise<void> {
		const now = this.#retryPause;
		this.#retryPause = Math.min(now * 2, APPEND_RETRY_PAUSE.most);
		await pause(now);
	}

	/** The database answers again. */
	recovered(): void {
		this.#retryPause = APPEND_RETRY_PAUSE.first;
	}

	/** True if the command's events are in the timeline; its caller is then answered. */
	async #isDone(waiting: Waiting): Promise<boolean> {
		const { subject, commandId } = waiting.command;
		const events = await this.#store.ofCommand(subject, commandId);
		const [first] = events;
		if (!first) return false;
		const isOurs = waiting.uncertain.has(first.hash);
		if (!isOurs && first.digest !== waiting.digest) waiting.reject(new AppError('commandReused'));
		else waiting.resolve({ events, repeated: !isOurs });
		if (isOurs) this.#appended(events);
		return true;
	}
}

/** An error that is not the database's: the command itself may be unfit. It goes alone, and is refused in the end. */
function isWorthAnotherTry(waiting: Waiting, cause: unknown): boolean {
	if (++waiting.failures < FAILURES_MOST) return true;
	waiting.reject(cause);
	return false;
}
