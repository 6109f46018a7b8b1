import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { About, EventDataOf, EventDraft, EventType } from '@counter-hub/shared/timeline/events.ts';

/**
 * One event. `subject` is `kind:id`; `seq` counts from 1 without gaps; `hash` covers everything but
 * itself, `prevHash` is the hash of the event before. `at` never goes back within a timeline.
 */
export type TimelineEvent<T extends EventType = EventType> = {
	[K in T]: {
		subject: string;
		seq: number;
		at: Date;
		type: K;
		actor: EventActor;
		/** The command that caused it; the further events of one command bear `<commandId>+1`, `+2`, … */
		commandId: string;
		/** SHA-256 of what the command asked for; tells a repeat from a reused id. On its first event only. */
		digest?: string;
		about?: About;
		/** Both or neither; `(machine, version)` is unique over all timelines. */
		machine?: string;
		version?: number;
		data: EventDataOf<K>;
		/** What the same command still has to append: whoever finds this at a head appends it before anything else. */
		rest?: EventDraft[];
		prevHash: string;
		hash: string;
	};
}[T];

/** An event as it lies in the database: what the hash of an old one covers and nobody else needs is in it still. */
export type StoredEvent = TimelineEvent & {
	/** Of events of 0.1.0, in place of `about` and `machine`, which they got beside their hash. */
	readonly sessionId?: string;
};

/**
 * A picture of a timeline, or of one state machine on it, that is kept in a collection for lists and searches:
 * `{ _id, subject, seq, ...state }`. `_id` is the subject's id (without its kind), or the machine's.
 * The state must not use those names, nor `form`.
 */
export interface Projection<S extends object = object> {
	/** Name of the collection. */
	readonly name: string;
	readonly subjectKind: string;
	/** `machine`: one document per state machine of that kind, fed by the events that move it; its state has a `version`. */
	readonly by: 'subject' | { readonly machine: string };
	/** Raised when `apply` makes other states of the same events: documents of another form are made anew at start. */
	readonly form?: number;
	/** Pure. Returns the same object where the event changes nothing, and `undefined` while there is no document. */
	apply(state: S | undefined, event: TimelineEvent): S | undefined;
}

export type ProjectionDocument<S extends object = object> = S & {
	_id: string;
	subject: string;
	seq: number;
	form?: number;
};

/** A state that a decision reads: of the subject itself, or of one state machine. */
export type Read = Projection | readonly [projection: Projection, key: string];

/** What a decision may look at: the timeline as it is at the moment of the append. */
export interface TimelineView {
	readonly subject: string;
	/** Last sequence number; 0 where nothing happened yet. */
	readonly seq: number;
	/** The time that the new events will bear. */
	readonly now: Date;
	/** The state at `seq`. Only what the command names in `reads`. */
	state<S extends object>(projection: Projection<S>, key?: string): S | undefined;
}

export interface TimelineCommand {
	readonly subject: string;
	/** Repeating a command with the same id on the same subject changes nothing and returns the earlier events. */
	readonly commandId: string;
	/** What was asked, as JSON. Given again with the same id but other content, `commandReused` is thrown. */
	readonly content?: unknown;
	readonly reads?: readonly Read[];
	/**
	 * Pure and synchronous; may be called several times when others are faster. Returns the events to append (none:
	 * nothing is to be done), or throws the `AppError` that refuses the command.
	 */
	readonly decide: (view: TimelineView) => readonly EventDraft[];
}

export interface Appended {
	/** The events of this command, in order; those of the first time if it is a repeat. */
	readonly events: readonly TimelineEvent[];
	readonly repeated: boolean;
	/** The timeline after these events, with the states that the command read. Not for a repeat: others may have followed. */
	readonly after?: TimelineView;
}

export interface EventPage {
	/** In ascending order. */
	readonly events: readonly TimelineEvent[];
	/** Last sequence number of the whole timeline; 0 if it is empty. */
	readonly head: number;
	/** Whether there are more in the direction asked for. */
	readonly more: boolean;
}

export const kindOf = (subject: string): string => subject.slice(0, subject.indexOf(':'));
export const idOf = (subject: string): string => subject.slice(subject.indexOf(':') + 1);
