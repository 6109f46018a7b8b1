import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { noteOpening } from '../audit/noteOpening.ts';
import type { Principal } from '../auth/Principal.ts';

/** Whoever is forgotten is noted once more. */
const KNOWN_MOST = 10_000;

/** Who has a form in clear before him: he is on record before its first sight, and not with every change that he sees. */
class FormReaders {
	readonly #hub: HubContext;
	readonly #known = new Set<string>();

	constructor(hub: HubContext) {
		this.#hub = hub;
	}

	/** He opens it. @throws AppError as `noteOpening` does: then it is not shown */
	async opens(principal: Reading, caseId: string, formId: string): Promise<void> {
		await noteOpening(this.#hub, principal, caseId, `form:${formId}`);
		if (this.#known.size >= KNOWN_MOST) this.#known.clear();
		this.#known.add(keyOf(principal, caseId, formId));
	}

	/** He is told what has changed in it. @throws AppError as `noteOpening` does: then he is not told */
	async sees(principal: Reading, caseId: string, formId: string): Promise<void> {
		if (!this.#known.has(keyOf(principal, caseId, formId))) await this.opens(principal, caseId, formId);
	}
}

type Reading = Pick<Principal, 'actor' | 'windowId'>;

const keyOf = ({ actor }: Reading, caseId: string, formId: string): string =>
	`${actor.staffId} ${caseId} ${formId}`;

export const formReaders = perHub((hub) => new FormReaders(hub));
