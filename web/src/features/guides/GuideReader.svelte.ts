import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { Guide } from '@counter-hub/shared/guides/guides.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { findText, type TextRange } from './findText.ts';
import { guidesApi } from './guidesApi.ts';

/** What was looked for, at one place of a guide; `n` counts from 0 through the whole. */
interface Hit extends TextRange {
	readonly n: number;
}

/** One guide as it is read: which item's, what is looked for in it, and which place is to be seen. */
export class GuideReader {
	itemNo = $state(0);
	query = $state('');
	problem = $state.raw<ApiProblem | null>(null);
	/** The place that is looked at among those that were found. */
	current = $state(0);
	/** A section that is to be brought into view as soon as it is there; a new object each time. */
	target = $state.raw<{ section: string } | null>(null);
	#guide = $state.raw<Guide | null>(null);
	/** An edition that an event names; null: the one in force. */
	#version: string | null = null;
	/** Which was asked for when what is there was read. */
	#readFor: string | null = null;
	readonly #app: App;
	readonly #city: CityCode;

	/** Null while the one of the chosen item is not there yet. */
	readonly guide = $derived(this.#guide?.itemNo === this.itemNo ? this.#guide : null);
	/** By the place's key. */
	readonly hits = $derived.by(() => {
		const byPlace = new Map<string, readonly Hit[]>();
		let n = 0;
		for (const [key, text] of textsOf(this.guide)) {
			const found = findText(text, this.query).map((range) => ({ ...range, n: n++ }));
			if (found.length > 0) byPlace.set(key, found);
		}
		return byPlace;
	});
	readonly count = $derived([...this.hits.values()].reduce((sum, found) => sum + found.length, 0));

	constructor(app: App, city: CityCode, itemNo: number) {
		this.#app = app;
		this.#city = city;
		this.itemNo = itemNo;
	}

	/** Another item, or a section of one in a certain edition. */
	open(itemNo: number, place?: { version: string; section: string }): void {
		this.itemNo = itemNo;
		this.#version = place?.version ?? null;
		this.target = place ?? null;
		if (place) this.query = '';
		void this.read();
	}

	async read(): Promise<void> {
		const { itemNo } = this;
		const version = this.#version;
		this.problem = null;
		if (this.guide && (version === this.#readFor || version === this.guide.version)) return;
		try {
			const found = await guidesApi.read(this.#app.api, itemNo, this.#city, version ?? undefined);
			if (itemNo !== this.itemNo || version !== this.#version) return;
			this.#readFor = version;
			this.#guide = found;
		} catch (error) {
			if (itemNo === this.itemNo) this.problem = ApiProblem.from(error);
		}
	}

	look(query: string): void {
		this.query = query;
		this.current = 0;
	}

	/** On to the next place that was found, or back; round and round. */
	step(by: 1 | -1): void {
		if (this.count > 0) this.current = (this.current + by + this.count) % this.count;
	}
}

/** Each text of a guide in the order in which it is read, with the key of its place. */
function textsOf(guide: Guide | null): [key: string, text: string][] {
	return (guide?.sections ?? []).flatMap(({ id, title, entries }) => [
		[placeKey(id), title] as [string, string],
		...entries.flatMap(({ term, text }, index): [string, string][] => [
			[placeKey(id, index, 'term'), term ?? ''],
			[placeKey(id, index, 'text'), text],
		]),
	]);
}

/** Of a heading, or of a part of one of its entries. */
export const placeKey = (section: string, index?: number, part?: 'term' | 'text'): string =>
	index === undefined ? section : `${section}.${index}.${part ?? ''}`;
