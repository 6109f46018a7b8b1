import {
	actualSize,
	FITTED,
	fitted,
	isZoomed,
	lookAt,
	panBy,
	panStep,
	percent,
	pictureAt,
	placement,
	refitted,
	turned,
	visiblePart,
	ZOOM_STEP,
	zoomBy,
	type Point,
	type Size,
	type StageView,
} from './stageView.ts';
import { ViewMemory } from './ViewMemory.ts';

const NOTHING: Size = { width: 0, height: 0 };

/** What a person sees of one picture: zoom, place and turn, moved by wheel, pointers and keys. */
export class StageZoom {
	picture = $state.raw<Size>(NOTHING);
	stage = $state.raw<Size>(NOTHING);
	pixelRatio = $state(1);
	#wanted = $state.raw<StageView>(FITTED);
	#subject: string | null = null;
	readonly #others = new ViewMemory();

	readonly box = $derived({ picture: this.picture, stage: this.stage, pixelRatio: this.pixelRatio });
	readonly view = $derived(refitted(this.#wanted, this.box));
	readonly place = $derived(placement(this.view, this.box));
	readonly percent = $derived(percent(this.view, this.box));
	readonly zoomed = $derived(isZoomed(this.view, this.box));
	readonly part = $derived(visiblePart(this.view, this.box));

	in = (): void => this.#set(zoomBy(this.view, this.box, ZOOM_STEP));
	out = (): void => this.#set(zoomBy(this.view, this.box, 1 / ZOOM_STEP));
	fit = (): void => this.#set(fitted(this.view));
	actual = (): void => this.#set(actualSize(this.view, this.box));
	turn = (): void => this.#set(turned(this.view));
	step = (right: number, down: number): void => this.#set(panStep(this.view, this.box, right, down));
	lookAt = (centre: Point): void => this.#set(lookAt(this.view, this.box, centre));

	/**
	 * Something else lies on the stage: it has the view that it was left with. What was never here is shown whole, turned
	 * as what lay here before if it is a picture of that.
	 */
	lookAtSubject(subject: string, isPictureOfIt: boolean): void {
		if (this.#subject === subject) return;
		if (this.#subject !== null) this.#others.put(this.#subject, this.#wanted);
		const turns = isPictureOfIt ? this.#wanted.turns : 0;
		this.#subject = subject;
		this.#wanted = this.#others.get(subject) ?? { ...FITTED, turns };
	}

	/** Where the pointer is on the unturned picture, in shares of its width and height; beyond 0–1 beside it. */
	pointAt(event: MouseEvent): Point {
		return pictureAt(this.view, this.box, this.fromMiddle(event));
	}

	/** Where the pointer is from the middle of the stage. */
	fromMiddle(event: MouseEvent): Point {
		if (!(event.currentTarget instanceof Element)) return { x: 0, y: 0 };
		const box = event.currentTarget.getBoundingClientRect();
		return { x: event.clientX - box.x - box.width / 2, y: event.clientY - box.y - box.height / 2 };
	}

	wheel(event: WheelEvent): void {
		event.preventDefault();
		// A notch is about 100; touch pads send many small ones.
		const notches = event.deltaMode === 0 ? event.deltaY / 100 : event.deltaY / 3;
		this.#set(zoomBy(this.view, this.box, ZOOM_STEP ** -notches, this.fromMiddle(event)));
	}

	/** Between the whole picture and one to one, at the pointer. */
	toggle(event: MouseEvent): void {
		if (this.zoomed) {
			this.fit();
			return;
		}
		const target = actualSize(this.view, this.box).zoom / this.view.zoom;
		this.#set(zoomBy(this.view, this.box, Math.max(target, 2), this.fromMiddle(event)));
	}

	/** One pointer drags the picture, two also pinch it; places are from the middle of the stage. */
	drag(before: Point, now: Point, other?: Point): void {
		const share = other ? 2 : 1;
		let view = panBy(this.view, this.box, (now.x - before.x) / share, (now.y - before.y) / share);
		if (other) {
			const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
			view = zoomBy(view, this.box, distance(now, other) / Math.max(1, distance(before, other)), middle);
		}
		this.#set(view);
	}

	#set(view: StageView): void {
		this.#wanted = view;
	}
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
