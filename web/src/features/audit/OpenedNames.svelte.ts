import type { CaseDetail } from '@counter-hub/shared/cases/cases.ts';
import { SvelteMap } from 'svelte/reactivity';
import type { Feature, OpenedKind } from '#Feature.ts';
import type { App } from '#platform/App.svelte.ts';

/** Of an id, where nothing better is known. */
const SHOWN_OF_ID = 8;

/** What the opened things of a case are called, as the features know them. */
export class OpenedNames {
	readonly #kinds: ReadonlyMap<string, OpenedKind>;
	/** By `kind:id`. */
	readonly #names = new SvelteMap<string, string>();

	constructor(features: readonly Feature[]) {
		this.#kinds = new Map(features.flatMap(({ opened = {} }) => Object.entries(opened)));
	}

	/** A kind whose names cannot be had is shown by ids: who opened what is to be read all the same. */
	async read(app: App, detail: CaseDetail): Promise<void> {
		await Promise.allSettled(
			[...this.#kinds].map(async ([kind, { names }]) => {
				for (const [id, name] of await names(app, detail)) this.#names.set(`${kind}:${id}`, name);
			}),
		);
	}

	/** `still:01a2…` as `照片` and `材料 2 · 11-20 09:42`. */
	wordsOf(thing: string): { kind: string; name: string } {
		const [kind = '', id = ''] = thing.split(':');
		return {
			kind: this.#kinds.get(kind)?.label() ?? kind,
			name: this.#names.get(thing) ?? id.slice(0, SHOWN_OF_ID),
		};
	}
}
