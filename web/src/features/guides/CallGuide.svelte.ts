import { guideEvents } from '@counter-hub/shared/guides/events.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { EventDataOf } from '@counter-hub/shared/timeline/events.ts';
import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { PanelNews } from '#features/sessions/PanelNews.svelte.ts';
import { seenInCall } from '#features/sessions/seenInCall.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import { errorLine } from '#platform/errorText.ts';
import { m } from '#paraglide/messages.js';
import { GuideReader } from './GuideReader.svelte.ts';

/** What the other side asks to be looked at. */
export interface Asked {
	readonly seq: number;
	/** `许文 请你看：常见差错` */
	readonly words: string;
	readonly place: EventDataOf<'guide.shown'>;
}

/** Name of the memory of what was opened. */
const OPENED = 'openedGuides';

/**
 * The guide beside the pictures of a call: what the other side puts before this one waits under a chip, so that nobody
 * is torn out of what he types, also after a reload.
 */
export class CallGuide {
	readonly news: PanelNews;
	/** The section that is being put before the other side just now. */
	showing = $state<string | null>(null);
	/** Since when (hub time, ms) the other side has which section of which item before it, by `item/section`. */
	shown = $state.raw<ReadonlyMap<string, number>>(new Map());
	#opened = $state(0);
	#reader: GuideReader | null = null;
	readonly #scene: CallScene;

	/** The latest that has not been opened here. */
	readonly asked = $derived.by((): Asked | null => {
		const { latest } = this.news;
		return latest && latest.seq > this.#opened ? askedBy(latest) : null;
	});

	constructor(scene: CallScene) {
		this.#scene = scene;
		this.#opened = seenInCall.upTo(OPENED, scene.sessionId);
		this.news = new PanelNews(scene, {
			panel: 'guide',
			words: (event) => askedBy(event)?.words ?? null,
			isLasting: true,
		});
	}

	/** The guide of the case's item first; it stays where it was left while other panels are looked at. */
	readerOf({ itemNo, permit }: NonNullable<CallScene['detail']>): GuideReader {
		this.#reader ??= apart(() => new GuideReader(this.#scene.app, permit.cityCode, itemNo));
		return this.#reader;
	}

	/** Looks at what the other side asks for. */
	open({ seq, place }: Asked): void {
		this.#opened = seq;
		seenInCall.note(OPENED, this.#scene.sessionId, seq);
		const { detail } = this.#scene;
		if (detail) this.readerOf(detail).open(place.itemNo, place);
		this.#scene.open('guide');
	}

	/** Puts a section before the other side. */
	async show(itemNo: number, version: string, section: string): Promise<void> {
		const { app, sessionId } = this.#scene;
		this.showing = section;
		try {
			await app.hub.request('guide:show', { commandId: newId(), sessionId, itemNo, version, section });
			this.shown = new Map([...this.shown, [`${itemNo}/${section}`, app.clock.now]]);
		} catch (error) {
			app.announcer.say(errorLine(ApiProblem.from(error)), 'bad');
		} finally {
			this.showing = null;
		}
	}
}

/** Apart from the panel that asks for it first: what is derived within an effect stands still once that has ended. */
function apart<T>(make: () => T): T {
	const made: T[] = [];
	$effect.root(() => {
		made.push(make());
	});
	return made[0] as T;
}

function askedBy({ type, seq, actorName, data }: EventView): Asked | null {
	if (type !== 'guide.shown') return null;
	const place = guideEvents[type].safeParse(data);
	if (!place.success) return null;
	const words = m.guides_asked({ name: actorName ?? '', title: place.data.title });
	return { seq, words, place: place.data };
}
