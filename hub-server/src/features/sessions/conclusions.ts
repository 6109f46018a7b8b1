import type { Session } from '@counter-hub/shared/sessions/Session.ts';
import type { Conclusion } from '@counter-hub/shared/sessions/sessionTerms.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import { perHub } from '../../perHub.ts';
import type { Projection, TimelineView } from '../timeline/types.ts';

/** A session in the moment in which the permit side concludes it. */
interface Concluded {
	readonly view: TimelineView;
	readonly session: Session;
	readonly conclusion: Conclusion;
	readonly note: string;
	readonly actor: EventActor;
}

/** Events that stand or fall with a conclusion: appended right after it, by the same command. */
interface Consequence {
	/** States of the case that `follow` reads. */
	readonly reads: readonly Projection[];
	/** Pure and synchronous, as decisions are. @throws AppError that refuses the conclusion */
	readonly follow: (concluded: Concluded) => readonly EventDraft[];
}
/** Gets ready what the decision needs and cannot wait for, such as random ids. */
type Prepare = (caseId: string) => Promise<Consequence>;

class Conclusions {
	readonly #parts: Prepare[] = [];

	/** Call while the features register. */
	add(part: Prepare): void {
		this.#parts.push(part);
	}

	async prepare(caseId: string): Promise<Consequence> {
		const parts = await Promise.all(this.#parts.map((prepare) => prepare(caseId)));
		return {
			reads: parts.flatMap(({ reads }) => reads),
			follow: (concluded) => parts.flatMap((part) => part.follow(concluded)),
		};
	}
}

/** How features take part in the conclusion of a session, without the session knowing them. */
export const conclusions = perHub(() => new Conclusions());
