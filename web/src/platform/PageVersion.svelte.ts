import { PROTOCOL } from '@counter-hub/shared/realtime/protocol.ts';

const STORAGE_KEY = 'counter-hub.loadedAnewFor';

/**
 * Whether this page, as it was loaded, still fits the hub: its protocol, and the origins that its policy lets it connect
 * to, which cannot be widened while it is open.
 */
export class PageVersion {
	/** Why it has to be loaded anew, as a text to compare; null while it fits. */
	misfit = $state<string | null>(null);
	/** It is being loaded anew on purpose: nothing needs to be asked. */
	leaving = false;
	readonly #allowed: ReadonlySet<string> | null;
	/** Where it stands that the person is in the middle of something. */
	readonly #holds = new Set<() => boolean>();

	constructor(meta = document.querySelector<HTMLMetaElement>('meta[name=connect-origins]')) {
		this.#allowed = meta && new Set([location.origin, ...meta.content.split(' ')]);
	}

	/** What the hub says of itself. */
	hear({ oldest, connectOrigins = [] }: { oldest: number; connectOrigins?: readonly string[] }): void {
		const unreachable = connectOrigins.filter((origin) => !this.#mayReach(origin));
		if (oldest > PROTOCOL) this.misfit = `protocol ${oldest}`;
		else if (unreachable.length > 0) this.misfit = unreachable.join(' ');
		else if (connectOrigins.length > 0) this.misfit = null;
	}

	/** Whether the policy of this page lets it connect to an address; if not, it does not fit any more. */
	reaches(url: string): boolean {
		const { origin } = new URL(url);
		const reachable = this.#mayReach(origin);
		if (!reachable) this.misfit = origin;
		return reachable;
	}

	/** Use in an effect: the page is not loaded anew by itself while `inTheMiddle` says so. */
	hold(inTheMiddle: () => boolean): () => void {
		this.#holds.add(inTheMiddle);
		return () => this.#holds.delete(inTheMiddle);
	}

	/** A question open, a text begun, a call: nobody is torn out of that. */
	get inTheMiddle(): boolean {
		if ([...this.#holds].some((says) => says())) return true;
		if (document.querySelector('dialog[open]')) return true;
		return [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(TEXTS)].some(
			({ value }) => value !== '',
		);
	}

	/** Whether loading anew was tried for this very reason and changed nothing. */
	get tried(): boolean {
		return this.misfit !== null && sessionStorage.getItem(STORAGE_KEY) === this.misfit;
	}

	/** Loads the page anew where it stands. */
	loadAnew(): void {
		this.leaving = true;
		if (this.misfit !== null) sessionStorage.setItem(STORAGE_KEY, this.misfit);
		location.reload();
	}

	#mayReach(origin: string): boolean {
		return this.#allowed === null || this.#allowed.has(origin) || this.#allowed.has(asHttp(origin));
	}
}

/** What somebody may have begun to write; searches are quickly typed again. */
const TEXTS = 'textarea, input:is([type=text], [type=password], [type=tel], [type=number], :not([type]))';
const asHttp = (origin: string) => origin.replace(/^ws/, 'http');
