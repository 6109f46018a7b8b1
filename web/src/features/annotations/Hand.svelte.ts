import { SAID_LIMITS } from '@counter-hub/shared/annotations/said.ts';
import {
	drawing,
	markPictureKey,
	type Drawing,
	type Mark,
	type MarkSubject,
} from '@counter-hub/shared/annotations/marks.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import type { StageTool } from '#features/sessions/StageTool.ts';
import type { Point } from '#features/sessions/stageView.ts';
import type { CaseMarks } from './CaseMarks.svelte.ts';
import { distance, isOnPicture, placesOf, toGrid } from './grid.ts';
import { markAt } from './markAt.ts';
import type { Growing, OwnInk } from './OwnInk.ts';
import { subjectOn } from './subjectOn.ts';
import { thinned } from './thinned.ts';

export const TOOL_IDS = ['pointer', 'pen', 'arrow', 'box', 'text', 'eraser'] as const;
export type ToolId = (typeof TOOL_IDS)[number];

/** CSS pixels: less is a click and no drawing; points of the pen that are closer say nothing new. */
const CLICK = 5;
const PEN_STEP = 1.2;

interface Draft extends Growing {
	readonly subject: MarkSubject;
	/** A box that will have words. */
	readonly withText: boolean;
}
/** Words that are being written, at a place or to a box. */
export interface Writing {
	readonly id: string;
	readonly subject: MarkSubject;
	readonly points: readonly number[];
	readonly box: Draft | null;
}

export interface HandParts {
	readonly scene: Pick<CallScene, 'stage' | 'materialNo'>;
	readonly marks: CaseMarks;
	readonly ink: OwnInk;
	/** Whether this person may erase it. */
	readonly mayErase: (mark: Mark) => boolean;
}

/**
 * What a person does on the picture with the chosen tool, by mouse, finger or keyboard. Boxes and arrows are drawn by
 * dragging or by two clicks.
 */
export class Hand {
	draft = $state.raw<Draft | null>(null);
	writing = $state.raw<Writing | null>(null);
	words = $state('');
	/** Where the pointer tool points, in shares of the picture. */
	pointing = $state.raw<Point | null>(null);
	/** The mark that the eraser would take. */
	aimed = $state.raw<Mark | null>(null);
	readonly #parts: HandParts;
	/** A button is held; for arrow and box also: the first of two clicks is done. */
	#isDown = false;
	#isAnchored = false;

	constructor(parts: HandParts) {
		this.#parts = parts;
	}

	readonly chosen = $derived.by<ToolId | null>(() => {
		const id = this.#parts.scene.stage.tool?.id;
		return TOOL_IDS.find((one) => one === id) ?? null;
	});
	/** What is marked: null while the stage shows nothing. */
	readonly subject = $derived.by(() => subjectOn(this.#parts.scene));

	/** Null: the hand, which moves the picture. */
	choose(id: ToolId | null): void {
		this.giveUp();
		this.#parts.scene.stage.tool = id === null ? null : this.#toolOf(id);
	}

	/** Drops what is begun; the tool stays. */
	giveUp(): void {
		if (this.draft) this.#parts.ink.end(this.draft, true);
		if (this.writing?.box) this.#parts.ink.end(this.writing.box, true);
		if (this.pointing) this.#stopPointing();
		this.draft = null;
		this.writing = null;
		this.words = '';
		this.aimed = null;
		this.#isDown = false;
		this.#isAnchored = false;
	}

	/** Something is begun that Esc drops. */
	get isBusy(): boolean {
		return this.draft !== null || this.writing !== null;
	}

	down(at: Point): void {
		const { chosen, subject } = this;
		if (this.writing && !this.write()) this.giveUp();
		if (!chosen || !subject) return;
		this.#isDown = true;
		if (chosen === 'eraser') this.#eraseAt(at);
		else if (this.draft && this.#isAnchored) this.#grow(at);
		else if (chosen !== 'pointer' && isOnPicture(at)) this.#begin(chosen, subject, at);
	}

	move(at: Point): void {
		const { chosen } = this;
		if (chosen === 'pointer') this.#point(at);
		else if (chosen === 'eraser' && this.#isDown) this.#eraseAt(at);
		else if (chosen === 'eraser') this.aimed = this.#under(at);
		else if (this.draft && (this.#isDown || this.#isAnchored)) this.#grow(at);
	}

	up(at: Point): void {
		if (!this.#isDown) return;
		this.#isDown = false;
		const { draft } = this;
		if (!draft) return;
		this.#grow(at);
		const isClick = this.#length(draft.points) < CLICK && this.#length(this.draft?.points ?? []) < CLICK;
		if (draft.tool === 'pen' || !isClick) this.#finish();
		else if (draft.withText) this.#writeAt(draft);
		else if (this.#isAnchored) this.giveUp();
		else this.#isAnchored = true;
	}

	/** The keyboard's click: begins, and at the next one ends. */
	press(at: Point): void {
		const { draft } = this;
		if (draft?.tool === 'pen') {
			this.up(at);
			return;
		}
		this.down(at);
		if (this.draft?.tool !== 'pen') this.up(at);
	}

	leave(): void {
		this.aimed = null;
		if (this.pointing) this.#stopPointing();
	}

	/** What the words would be; not while they are none, or hold what may not stand there. */
	readonly written = $derived.by<Drawing | null>(() => {
		if (!this.writing) return null;
		const { box, points } = this.writing;
		const text = this.words.trim();
		return drawing.safeParse({ tool: box ? 'box' : 'text', points: [...points], text }).data ?? null;
	});

	/** The words are there: draws the text, or the box with it. False where they cannot stand. */
	write(): boolean {
		const { writing, written } = this;
		if (!writing || !written) return false;
		this.writing = null;
		this.words = '';
		if (writing.box) this.#parts.ink.end(writing.box, false);
		this.#parts.marks.draw(writing.id, this.#known(writing.subject), written);
		return true;
	}

	#toolOf(id: ToolId): StageTool {
		return {
			id,
			cursor: { pointer: 'none', text: 'text', eraser: 'crosshair' }[id as string] ?? 'crosshair',
			down: (at) => this.down(at),
			move: (at) => this.move(at),
			up: (at) => this.up(at),
			cancel: () => this.giveUp(),
			leave: () => this.leave(),
		};
	}

	#begin(tool: Exclude<ToolId, 'pointer' | 'eraser'>, subject: MarkSubject, at: Point): void {
		const first = toGrid(at);
		this.draft = {
			id: newId(),
			on: markPictureKey(subject),
			subject,
			tool: tool === 'text' ? 'box' : tool,
			withText: tool === 'text',
			points: tool === 'pen' ? first : [...first, ...first],
		};
		if (tool === 'pen') this.#parts.ink.draw(this.draft);
	}

	#grow(at: Point): void {
		const { draft } = this;
		if (!draft) return;
		const next = toGrid(at);
		if (draft.tool !== 'pen') {
			const points = [...draft.points.slice(0, 2), ...next];
			this.draft = { ...draft, points };
			if (this.#length(points) >= CLICK) this.#parts.ink.draw(this.draft);
			return;
		}
		if (this.#length([...draft.points.slice(-2), ...next]) < PEN_STEP) return;
		this.draft = { ...draft, points: [...draft.points, ...next] };
		this.#parts.ink.draw(this.draft);
		if (draft.points.length >= 2 * (SAID_LIMITS.stroke - 1)) this.#finish();
	}

	#finish(): void {
		const { draft } = this;
		if (!draft) return;
		this.draft = null;
		this.#isDown = false;
		this.#isAnchored = false;
		const { id, subject, tool } = draft;
		const points = tool === 'pen' ? thinned(draft.points, this.#size) : [...draft.points];
		if (draft.withText) {
			this.writing = { id, subject, points, box: draft };
			return;
		}
		this.#parts.ink.end(draft, false);
		this.#parts.marks.draw(
			id,
			this.#known(subject),
			tool === 'box' ? { tool, points, text: '' } : { tool, points },
		);
	}

	/** Which paper it is may have become known since the mark was begun. */
	#known(begun: MarkSubject): MarkSubject {
		const { subject } = this;
		const isUnknown = begun.kind === 'live' && begun.paper === 0;
		return isUnknown && subject && markPictureKey(subject) === markPictureKey(begun) ? subject : begun;
	}

	#writeAt({ id, subject, points }: Draft): void {
		this.draft = null;
		this.writing = { id, subject, points: points.slice(0, 2), box: null };
	}

	#point(at: Point): void {
		const { subject } = this;
		if (!subject || !isOnPicture(at)) {
			if (this.pointing) this.#stopPointing();
			return;
		}
		this.pointing = at;
		this.#parts.ink.point(markPictureKey(subject), toGrid(at));
	}

	#stopPointing(): void {
		this.pointing = null;
		const { subject } = this;
		this.#parts.ink.point(subject ? markPictureKey(subject) : '', null);
	}

	#under(at: Point): Mark | null {
		const { scene, marks, mayErase } = this.#parts;
		const size = this.#size;
		const place = { x: at.x * size.width, y: at.y * size.height };
		const own = marks.on(this.subject).filter(mayErase);
		return markAt(own, place, size, scene.stage.zoom.view.turns) ?? null;
	}

	#eraseAt(at: Point): void {
		const mark = this.#under(at);
		this.aimed = null;
		if (mark) void this.#parts.marks.erase(mark);
	}

	/** The picture as it is shown, in CSS pixels. */
	get #size() {
		return this.#parts.scene.stage.zoom.place;
	}

	/** From the first to the last point, in CSS pixels. */
	#length(points: readonly number[]): number {
		const places = placesOf(points, this.#size);
		const [first, last] = [places[0], places.at(-1)];
		return first && last ? distance(first, last) : 0;
	}
}
